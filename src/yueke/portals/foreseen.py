"""What a change would do, in words: times, lessons, wallets and courses as they are and will be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext, pgettext_lazy

from yueke.booking.effects import Effects
from yueke.booking.foresight import Around, Foreseen, Scope
from yueke.portals import states
from yueke.portals.amounts import amount_words
from yueke.portals.message_words import WAYS
from yueke.reminders.parties import Addressee
from yueke.reminders.planning import whom_to_tell

NAMES_MAX: Final = 8
PAY: Final[Mapping[str, Promise]] = {
    "unpaid": pgettext_lazy("a teacher's pay", "Not paid"),
    "taught": pgettext_lazy("a teacher's pay", "Paid once it is taught"),
    "kept": pgettext_lazy("a teacher's pay", "Paid, also if nobody comes"),
    "paid": pgettext_lazy("a teacher's pay", "Paid"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing, as it is and as it will be: the same where nothing happens to it.

    Without `was` it only says what will be.
    """

    what: str
    was: str
    will: str

    @property
    def stays(self) -> bool:
        """Whether nothing happens to it."""
        return self.was == self.will


@dataclass(frozen=True, slots=True)
class Group:
    """What would happen around one time."""

    starts_at: datetime
    lines: list[Line]


def groups(
    *, sees_wallet: bool, scopes: Sequence[Scope], foreseen: Foreseen, now: datetime
) -> list[Group]:
    """Return lessons and times by the scopes; with wallets, courses and others, in the first."""
    found: list[Group] = []
    for scope, (before, after) in zip(scopes, foreseen.around, strict=True):
        told = lesson_lines(before=before, after=after)
        told += time_lines(scope=scope, before=before, after=after)
        if not found:
            told += _owner_lines(before, after, sees_wallet=sees_wallet)
        found.append(Group(scope.times[0], told))
    market_id = scopes[0].market_id
    found[0].lines.extend(effect_lines(market_id=market_id, effects=foreseen.effects, now=now))
    return found


def effect_lines(*, market_id: int, effects: Effects, now: datetime) -> list[Line]:
    """Return a line for each teacher's pay that changes, for who is told, and for calendars."""
    found = [
        Line(
            gettext("%(name)s: pay") % {"name": one.teacher}, str(PAY[one.was]), str(PAY[one.will])
        )
        for one in effects.pay
    ]
    people = whom_to_tell(market_id=market_id, events=effects.events, now=now)
    told = _listed([_with_ways(person) for person in people]) or gettext("Nobody")
    found.append(Line(gettext("Told of it"), "", told))
    changed = _listed([*effects.teachers, *effects.learners]) or gettext("Nobody's")
    found.append(Line(gettext("Calendar changes"), "", changed))
    return found


def _listed(names: Sequence[str]) -> str:
    more = len(names) - NAMES_MAX
    rest = [gettext("%(count)s more") % {"count": more}] if more > 0 else []
    return ", ".join([*names[:NAMES_MAX], *rest])


def _with_ways(person: Addressee) -> str:
    ways = ", ".join(str(WAYS[way]) for way in person.addresses)
    return f"{person.name} ({ways})"


def lesson_lines(*, before: Around, after: Around) -> list[Line]:
    """Return a line for each learner's lesson."""
    found = []
    for learner_id, name in before.learners.items():
        was, will = (_lesson(around, learner_id) for around in (before, after))
        found.append(Line(gettext("%(name)s: lesson") % {"name": name}, was, will))
    return found


def _owner_lines(before: Around, after: Around, *, sees_wallet: bool) -> list[Line]:
    found = []
    for learner_id, name in before.learners.items():
        if sees_wallet:
            was, will = (_wallet(around, learner_id) for around in (before, after))
            found.append(Line(gettext("%(name)s: wallet") % {"name": name}, was, will))
        was, will = (_progress(around, learner_id) for around in (before, after))
        found.append(Line(gettext("%(name)s: course") % {"name": name}, was, will))
    return found


def time_lines(*, scope: Scope, before: Around, after: Around) -> list[Line]:
    """Return a line for each teacher's time."""
    found: list[Line] = []
    for teacher_id, name in before.teachers.items():
        was, will = (_time(around, scope, teacher_id) for around in (before, after))
        found.append(Line(gettext("%(name)s: time") % {"name": name}, was, will))
    return found


def _lesson(around: Around, learner_id: int) -> str:
    if learner_id not in around.lessons:
        return pgettext("a lesson", "None")
    state, number = around.lessons[learner_id]
    words = str(states.WORDS[state])
    if number is None:
        return words
    return f"{words} · " + gettext("Lesson %(number)s") % {"number": number}


def _time(around: Around, scope: Scope, teacher_id: int) -> str:
    words = {_slot(around.slots.get((teacher_id, time))) for time in scope.times}
    return ", ".join(sorted(words))


def _slot(slot: tuple[str, str | None] | None) -> str:
    if slot is None:
        return gettext("Not offered now")
    state, target = slot
    if state == "open" and target == "student":
        return gettext("Kept for one learner")
    if state == "open" and target == "product":
        return gettext("Kept for one kind of lesson")
    return str(states.WORDS[state])


def _wallet(around: Around, learner_id: int) -> str:
    amounts = [
        amount_words(value=value, asset=asset)
        for (owner, asset), value in sorted(around.balances.items())
        if owner == learner_id and value
    ]
    return ", ".join(amounts) or pgettext("a wallet", "Empty")


def _progress(around: Around, learner_id: int) -> str:
    if learner_id not in around.progress:
        return pgettext("a course", "Not open")
    level, number = around.progress[learner_id]
    words = gettext("level %(level)s, next is lesson %(number)s")
    return words % {"level": level, "number": number}
