"""What a change would do, in words: times, lessons, wallets and courses as they are and will be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext, pgettext

from yueke.booking.foresight import Around, Scope
from yueke.portals import states
from yueke.portals.amounts import amount_words


@dataclass(frozen=True, slots=True)
class Line:
    """One thing, as it is and as it will be: the same where nothing happens to it."""

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
    *, sees_wallet: bool, scopes: Sequence[Scope], foreseen: Sequence[tuple[Around, Around]]
) -> list[Group]:
    """Return lessons and times by the scopes, with wallets and courses, in the first of them."""
    found: list[Group] = []
    for scope, (before, after) in zip(scopes, foreseen, strict=True):
        told = lesson_lines(before=before, after=after)
        told += time_lines(scope=scope, before=before, after=after)
        if not found:
            told += _owner_lines(before, after, sees_wallet=sees_wallet)
        found.append(Group(scope.times[0], told))
    return found


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
