"""Events of the log as a timeline shows them: what, whom, when, who did it, how and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from yueke.notices.models import Event
from yueke.people.actor_names import names_of_actors
from yueke.people.models import Learner, Teacher
from yueke.portals import ids
from yueke.portals.channel_names import channel_name
from yueke.portals.event_words import event_words
from yueke.portals.staff.desk import Desk
from yueke.portals.staff.paging import PAGE, address, before_row, mark

_TROUBLE: Final = {
    "lesson.cancelled",
    "lesson.fake_cancelled",
    "lesson.finished_without_learner",
    "lesson.learner_absent",
    "lesson.teacher_absent",
    "slot.withdrawn",
    "wallet.expired",
}
Whose = Learner | Teacher


@dataclass(frozen=True, slots=True)
class Person:
    """A learner or a teacher: their name, and the address of their page."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One event. `whom` are its learner and its teacher: who it is, or who it was and who it is."""

    text: str
    at: datetime
    actor: str
    channel: str
    detail: str
    trouble: bool
    whom: list[list[Person]]

    @property
    def names(self) -> str:
        """The same people as a text."""
        return ", ".join(" → ".join(one.name for one in chain) for chain in self.whom)


def entries(*, desk: Desk, events: Sequence[Event], of: Whose | None = None) -> list[Entry]:
    """Return events of the desk's market in the order given; the names of all come by few queries.

    Only people whom the desk may see are named; `of` is whose page it is, who needs no name there.
    """
    callers = {(event.actor_kind, event.actor_id) for event in events}
    names = names_of_actors(market_id=desk.market_id, actors=callers)
    chains = [_chains(event, of) for event in events]
    people = _people(desk, {key for of_event in chains for chain in of_event for key in chain})
    return [
        Entry(
            text=event_words(event=event, words=desk.allowed.event_words),
            at=event.at,
            actor=names.get((event.actor_kind, event.actor_id)) or _nameless(event.actor_kind),
            channel=channel_name(code=event.channel),
            detail=event.reason,
            trouble=event.kind in _TROUBLE,
            whom=[
                known
                for chain in of_event
                if (known := [people[key] for key in chain if key in people])
            ],
        )
        for event, of_event in zip(events, chains, strict=True)
    ]


def log(
    *,
    desk: Desk,
    events: QuerySet[Event],
    request: HttpRequest,
    of: Whose | None = None,
    **asked: str,
) -> dict[str, object]:
    """Return a page of a log, newest first, for the template: its entries and where it goes on.

    It follows the mark in the address; `asked` is what else stands there.
    """
    before = request.GET.get("before", "")
    newest_first = events.order_by("-at", "-id")
    rows = list(before_row(rows=newest_first, before=before, number="id")[: PAGE + 1])
    shown = rows[:PAGE]
    more = mark(at=shown[-1].at, number=shown[-1].pk) if len(rows) > PAGE else ""
    return {
        "entries": entries(desk=desk, events=shown, of=of),
        "more_url": f"{request.path}{address(**asked, before=more)}" if more else "",
    }


_Key = tuple[type[Whose], int]


def _chains(event: Event, of: Whose | None) -> list[list[_Key]]:
    """Return whom an event is about: the learner and the teacher, each after who it was before.

    Where `of` alone is meant there is nothing to say.
    """
    data = event.data
    kept_for = data.get("target_id") if data.get("target") == "student" else None
    was_teacher = data.get("was") if event.kind == "lesson.teacher_changed" else None
    learners = (data.get("was_learner"), event.learner_id or kept_for)
    teachers = (was_teacher, event.teacher_id)
    chains: list[list[_Key]] = [
        [(Learner, number) for number in learners if number],
        [(Teacher, number) for number in teachers if number],
    ]
    its_own = [(type(of), of.pk)] if of else []
    return [chain for chain in chains if chain and chain != its_own]


def _people(desk: Desk, keys: Iterable[_Key]) -> dict[_Key, Person]:
    found: dict[_Key, Person] = {}
    for kind, is_seen, page_name, public in (
        (Learner, desk.allowed.sees_learners, "staff_learner", ids.LEARNER),
        (Teacher, desk.allowed.sees_teachers, "staff_teacher", ids.TEACHER),
    ):
        numbers = [number for of, number in keys if of is kind]
        if not is_seen or not numbers:
            continue
        rows = kind._default_manager.filter(market_id=desk.market_id, pk__in=numbers)
        for number, name in rows.values_list("pk", "name"):
            found[kind, number] = Person(name, reverse(page_name, args=[public.show(number)]))
    return found


def _nameless(kind: str) -> str:
    if kind == "key":
        return gettext("Another system")
    return gettext("Timer") if kind == "job" else gettext("Somebody")
