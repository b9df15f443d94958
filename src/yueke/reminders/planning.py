"""Decide whom to tell what, once for each cause, whoever decides it and however often."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib import resources

from yueke.kernel.columns import instants, numbers, texts
from yueke.kernel.transaction import Question, Work, begin, read
from yueke.notices import reader
from yueke.notices.reader import Logged
from yueke.people import policies
from yueke.people.models import Learner, Market
from yueke.people.policies import InForce
from yueke.reminders import hours, rules
from yueke.reminders.parties import Addressee, Party, addressees

READER = "reminders"


@dataclass(slots=True)
class Attends:
    """A learner's place in a lesson to come."""

    lesson_id: int
    starts_at: datetime
    teacher_id: int | None
    learner_id: int
    family_id: int


@dataclass(frozen=True, slots=True)
class Own:
    """A time that no lesson stands for: whose, for what, and until when, if that is told."""

    teacher_id: int | None
    product: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Telling:
    """One party to be told one thing; a row of `message` for each way they chose."""

    party: Party
    cause: str
    about: str
    lesson_id: int | None
    learner_id: int | None
    starts_at: datetime
    wanted: datetime
    # What is told of that is no lesson.
    own: Own | None = None


def plan_lessons_ahead(*, now: datetime) -> None:
    """Plan the reminders of lessons that come near, market by market. Locks the market's mark."""
    for market in Market.objects.all():
        in_force = policies.in_force(market_id=market.id, at=now)
        before = hours.before(in_force)
        if before is None:
            continue
        with begin() as work:
            planned_to = _lock_mark(work, market.id, now)
            until = now + before + rules.QUIET_LONGEST
            if until > planned_to:
                after = max(planned_to, now)
                rows = _ask(work, "lessons_between", market.id, market.id, after, until)
                _plan(work, market.id, now, in_force, _soon(rows, before))
                work.run(__package__, "move_mark", (until, market.id))


def plan_from_log(*, now: datetime) -> int:
    """Plan what the next events of the log are cause to tell; return how many were read."""
    with begin() as work:
        events = reader.read_on(work, name=READER)
        of_market: dict[int, list[Logged]] = {}
        for event in events:
            if event.starts_at is not None and _is_read(event.kind):
                of_market.setdefault(event.market_id, []).append(event)
        for market_id, its_events in of_market.items():
            in_force = policies.in_force(market_id=market_id, at=now)
            ids = numbers({event.lesson_id for event in its_events if event.lesson_id is not None})
            planned_to = _lock_mark(work, market_id, now)
            rows = _ask(work, "lessons_named", market_id, market_id, ids)
            near = [row for row in rows if now < row.starts_at <= planned_to]
            told = list(_of_events(market_id, its_events, rows))
            before = hours.before(in_force)
            if before is not None:
                told += _soon(near, before)
            _plan(work, market_id, now, in_force, told, its_events)
    return len(events)


def whom_to_tell(*, market_id: int, events: Sequence[Logged], now: datetime) -> list[Addressee]:
    """Return who would be told of events, and can be; plan nothing."""
    dated = [event for event in events if event.starts_at is not None and _is_told(event.kind)]
    if not dated:
        return []
    with read() as work:
        ids = numbers({event.lesson_id for event in dated if event.lesson_id is not None})
        rows = _ask(work, "lessons_named", market_id, market_id, ids)
    told = list(_of_events(market_id, dated, rows))
    found = {
        one.party: person
        for one, person in _reached(market_id, now, told, dated)
        if person.addresses
    }
    return list(found.values())


@cache
def causes() -> list[dict[str, str]]:
    """Return which events are told to whom, as the table says."""
    table = resources.files(__package__).joinpath("causes.csv").read_text("utf-8")
    return list(csv.DictReader(table.splitlines()))


def _is_read(kind: str) -> bool:
    """Tell whether an event is told of, or may bring a lesson near of which nobody was reminded."""
    return kind.startswith("lesson.") or _is_told(kind)


def _is_told(kind: str) -> bool:
    return any(row["event"] == kind for row in causes())


def _lock_mark(work: Work, market_id: int, now: datetime) -> datetime:
    row = work.run(__package__, "lock_mark", (market_id, now)).fetchone()
    assert row is not None
    planned_to: datetime = row[0]
    return planned_to


def _ask(work: Work, name: str, *params: object) -> list[Attends]:
    [rows] = work.ask(Question(__package__, name, params, Attends)).fetch()
    return list(rows)


def _soon(rows: Sequence[Attends], before: timedelta) -> list[Telling]:
    found: dict[tuple[Party, str], Telling] = {}
    for row in rows:
        wanted = row.starts_at - before
        cause = f"soon {row.lesson_id} {row.starts_at:%Y%m%dT%H%M}"
        told = [(Party("family", row.family_id), f"{cause} {row.learner_id}", "soon")]
        if row.teacher_id is not None:
            told.append((Party("teacher", row.teacher_id), cause, "soon_teacher"))
        for party, cause_of_party, about in told:
            learner_id = row.learner_id if party.kind == "family" else None
            found[party, cause_of_party] = Telling(
                party, cause_of_party, about, row.lesson_id, learner_id, row.starts_at, wanted
            )
    return list(found.values())


def _of_events(
    market_id: int, events: Sequence[Logged], rows: Sequence[Attends]
) -> Iterable[Telling]:
    learners = {event.learner_id for event in events if event.learner_id is not None}
    families = dict(
        Learner.objects.filter(market_id=market_id, id__in=learners).values_list("id", "family_id")
    )
    for event in events:
        for row in causes():
            if row["event"] == event.kind and row["channel"] in ("", event.channel):
                yield from _told(event, row["whom"], row["about"], families, rows)


def _told(
    event: Logged,
    whom: str,
    about: str,
    families: dict[int, int],
    rows: Sequence[Attends],
) -> Iterable[Telling]:
    assert event.starts_at is not None
    if event.data.get("with_class") and whom == "teacher":
        # The class itself is told of, once.
        return
    learner = event.learner_id
    parties: list[tuple[Party, int | None]] = []
    if whom == "learner" and learner in families:
        parties = [(Party("family", families[learner]), learner)]
    elif whom == "learners":
        parties = [
            (Party("family", row.family_id), row.learner_id)
            for row in rows
            if row.lesson_id == event.lesson_id
        ]
    elif whom == "teacher" and event.teacher_id is not None:
        parties = [(Party("teacher", event.teacher_id), learner)]
    elif whom == "teacher_before" and event.data.get("was") is not None:
        parties = [(Party("teacher", int(event.data["was"])), learner)]
    for party, learner_id in parties:
        cause = f"event {event.id} {learner_id}"
        yield Telling(
            party, cause, about, event.lesson_id, learner_id, event.starts_at, event.at, _own(event)
        )


def _own(event: Logged) -> Own | None:
    if event.lesson_id is not None:
        return None
    until = event.data.get("until")
    return Own(
        event.teacher_id,
        event.data.get("product", ""),
        None if until is None else datetime.fromisoformat(until),
    )


def _plan(
    work: Work,
    market_id: int,
    now: datetime,
    in_force: InForce,
    told: Sequence[Telling],
    events: Sequence[Logged] = (),
) -> None:
    rows = [
        (one, way, _due(one, person, in_force, now))
        for one, person in _reached(market_id, now, told, events)
        for way in person.addresses
    ]
    if not rows:
        return
    columns = (
        texts(one.party.kind for one, _, _ in rows),
        numbers(one.party.id for one, _, _ in rows),
        texts(one.cause for one, _, _ in rows),
        texts(way for _, way, _ in rows),
        texts(one.about for one, _, _ in rows),
        numbers(one.lesson_id for one, _, _ in rows),
        numbers(one.learner_id for one, _, _ in rows),
        numbers(one.own.teacher_id if one.own else None for one, _, _ in rows),
        texts(one.own.product if one.own else "" for one, _, _ in rows),
        instants(one.starts_at if one.own else None for one, _, _ in rows),
        instants(one.own.until if one.own else None for one, _, _ in rows),
        instants(due for _, _, due in rows),
    )
    work.write(__package__, "insert_messages", (market_id, *columns))


def _reached(
    market_id: int, now: datetime, told: Sequence[Telling], events: Sequence[Logged]
) -> Iterable[tuple[Telling, Addressee]]:
    """Return who is told: who did it knows, and what is long over is told to nobody."""
    people = addressees(market_id=market_id, parties=[one.party for one in told])
    did = {(f"event {event.id}", event.actor_id) for event in events if event.actor_kind == "user"}
    for one in told:
        person = people.get(one.party)
        if person and not _knows(one, person, did) and one.starts_at > now - timedelta(days=1):
            yield one, person


def _knows(one: Telling, person: Addressee, did: set[tuple[str, int]]) -> bool:
    event = one.cause.rpartition(" ")[0]
    return person.user_id is not None and (event, person.user_id) in did


def _due(one: Telling, person: Addressee, in_force: InForce, now: datetime) -> datetime:
    return hours.due(
        in_force=in_force,
        wanted=one.wanted,
        starts_at=one.starts_at,
        zone=person.zone,
        now=now,
    )
