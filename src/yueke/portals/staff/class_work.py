"""Open classes as those who make them see them all day: what waits for them, today and next."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from yueke.booking.classes import hand_over, queries
from yueke.booking.classes.queries import WhichClasses
from yueke.portals.shown_class import ShownClass
from yueke.portals.staff.desk import Desk
from yueke.portals.staff.matters import Matter, Matters

# As long as a list of classes reaches back, for attendance.
OVER: Final = timedelta(days=14)
LOOKED_AT: Final = 200
SHOWN: Final = 8
AHEAD: Final = 12


def ahead(*, desk: Desk) -> list[ShownClass]:
    """Return the classes that are on, and the next ones."""
    shown = _listed(desk, WhichClasses(begin=desk.caller.now - timedelta(days=1)))
    return [one for one in shown if one.until > desk.caller.now][:AHEAD]


def matters(*, desk: Desk) -> list[Matters]:
    """Return what waits for the channel; nothing once classes are another's."""
    now = desk.caller.now
    if hand_over.is_out(actor=desk.caller.actor, now=now):
        return []
    over = _listed(desk, WhichClasses(begin=now - OVER, end=now))
    held = [one for one in over if one.until <= now and one.row.seats_taken]
    taken_down = queries.attended(
        market_id=desk.market_id, class_ids=[one.row.class_id for one in held]
    )
    to_come = _listed(desk, WhichClasses(begin=now))
    return [
        _part(
            gettext("Who came?"),
            gettext("It is taken down who came to every class."),
            [one for one in held if one.row.class_id not in taken_down],
            _seats,
            is_trouble=True,
        ),
        _part(
            gettext("To publish"),
            gettext("Every class to come is published."),
            [one for one in to_come if not one.row.is_published],
            lambda one: one.row.teacher_name or "",
        ),
        _part(
            gettext("Waiting lists"),
            gettext("Nobody waits for a seat."),
            [one for one in to_come if one.row.waiting],
            _waiting,
        ),
    ]


def _listed(desk: Desk, which: WhichClasses) -> list[ShownClass]:
    rows = queries.list_classes(actor=desk.caller.actor, which=which, size=LOOKED_AT)
    return [ShownClass(row, desk.caller.now) for row in rows]


def _part(
    title: str,
    none: str,
    classes: Sequence[ShownClass],
    note: Callable[[ShownClass], str],
    *,
    is_trouble: bool = False,
) -> Matters:
    rows = [
        Matter(
            one.row.starts_at, one.title or "—", note(one), reverse("staff_class", args=[one.id])
        )
        for one in classes[:SHOWN]
    ]
    more_url = reverse("staff_classes") if len(classes) > SHOWN else ""
    return Matters(title, none, rows, more_url, is_trouble)


def _seats(one: ShownClass) -> str:
    count = one.row.seats_taken
    return ngettext("%(count)s learner", "%(count)s learners", count) % {"count": count}


def _waiting(one: ShownClass) -> str:
    count = one.row.waiting
    return ngettext("%(count)s waits", "%(count)s wait", count) % {"count": count}
