"""A strategy of overbooking in words: its steps, what differs between two, and its history."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from yueke.notices import queries as notices_queries
from yueke.portals.moments import weekly_words
from yueke.portals.staff import timeline
from yueke.portals.staff.desk import Desk
from yueke.portals.staff.timeline import Entry
from yueke.supply.overbooking import queries
from yueke.supply.overbooking.commands import Step

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Stretch:
    """A step with the weekly times at which it begins and the next one takes over."""

    step: Step
    begins: str
    ends: str


def stretches(steps: Sequence[Step]) -> list[Stretch]:
    """Return steps in order of the week; the last holds until the week's end."""
    begins = [weekly_words(half_hour=step.from_half_hour) for step in steps]
    ends = [*begins[1:], gettext("the end of Sunday")]
    return [Stretch(step, *span) for step, *span in zip(steps, begins, ends, strict=False)]


def step_words(step: Step) -> str:
    """Return "80 %, at least 1 held, at most 8 booked"."""
    if not step.ceiling:
        return gettext("nothing may be overbooked")
    words = gettext("%(ratio)s %%, at least %(floor)s held, at most %(ceiling)s booked")
    return words % {"ratio": step.ratio_percent, "floor": step.floor, "ceiling": step.ceiling}


def differences(*, was: Sequence[Step], steps: Sequence[Step]) -> list[str]:
    """Return a line for each step that is added, changed or removed, in order of the week."""
    before = {step.from_half_hour: step for step in was}
    after = {step.from_half_hour: step for step in steps}
    lines = []
    for half_hour in sorted(before.keys() | after.keys()):
        old, new = before.get(half_hour), after.get(half_hour)
        if old == new:
            continue
        lines.append(_difference(half_hour, old, new))
    return lines


def history(*, desk: Desk, product: str) -> list[tuple[Entry, list[str]]]:
    """Return the last changes of a product's strategy, newest first, each with what differed."""
    changes = queries.list_changes(actor=desk.caller.actor, product=product, most=SHOWN)
    found = notices_queries.events_by_id(
        market_id=desk.market_id, ids=[change.event_id for change in changes]
    )
    events = {event.pk: event for event in found}
    entries = timeline.entries(desk=desk, events=[events[change.event_id] for change in changes])
    return [
        (entry, differences(was=change.was, steps=change.steps))
        for entry, change in zip(entries, changes, strict=True)
    ]


def _difference(half_hour: int, old: Step | None, new: Step | None) -> str:
    time = weekly_words(half_hour=half_hour)
    if old is None and new is not None:
        return gettext("%(time)s added: %(new)s") % {"time": time, "new": step_words(new)}
    if new is None and old is not None:
        return gettext("%(time)s removed: %(old)s") % {"time": time, "old": step_words(old)}
    assert old is not None
    assert new is not None
    words = {"time": time, "old": step_words(old), "new": step_words(new)}
    return gettext("%(time)s: %(old)s → %(new)s") % words
