"""The way back from what was done to half-hours: a wish that brings back exactly what was."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse

from yueke.curriculum import queries as curriculum_queries
from yueke.inventory.models import Slot
from yueke.inventory.orders import Target
from yueke.portals import asked, ids
from yueke.portals.staff import deeds
from yueke.portals.staff.desk import Desk
from yueke.portals.staff.wish import Whom, Wish
from yueke.portals.stamps import read_stamp, show_stamp

# The deed that brings back what was kept for a kind of target, by the command to be undone.
BACK: Final = {
    ("target", None): deeds.FREE,
    ("target", "product"): deeds.KEEP_PRODUCT,
    ("target", "student"): deeds.KEEP_STUDENT,
    ("withdraw", None): deeds.OFFER,
    ("withdraw", "product"): deeds.OFFER_PRODUCT,
    ("withdraw", "student"): deeds.OFFER_STUDENT,
}
Former = tuple[str | None, int | None, datetime | None]


def way_back(
    *, desk: Desk, wish: Wish, before: Mapping[datetime, Slot], done: list[datetime]
) -> Wish | None:
    """Return the wish that undoes another, or None where there is none.

    `before` are the slots as they were: all that was done must have been alike.
    """
    if not done:
        return None
    if wish.deed.command == "release":
        back: Wish | None = Wish(deeds.TAKE_BACK, done)
    else:
        former = {_former(before.get(start)) for start in done}
        back = _to(desk, wish, former.pop(), done) if len(former) == 1 else None
    if back and deeds.may_do(channel=desk.allowed.channel, deed=back.deed):
        return back
    return None


def address(*, wish: Wish, teacher: str) -> str:
    """Return the address whose POST carries out a wish."""
    fields = [*wish.fields, (asked.FIELD, asked.new_key())]
    return f"{reverse('staff_times_undo', args=[teacher])}?{urlencode(fields)}"


def _former(slot: Slot | None) -> Former | None:
    return (slot.target_kind, slot.target_id, slot.reserved_until) if slot else None


def _to(desk: Desk, wish: Wish, former: Former | None, done: list[datetime]) -> Wish | None:
    target = wish.whom.target if wish.whom else None
    wished: Former = (target.kind, target.id, wish.until) if target else (None, None, None)
    is_new = wish.deed.command == "target" and former == wished
    if former is None or is_new:
        return None
    kind, number, until = former
    deed = BACK.get((wish.deed.command, kind))
    if deed is None or not _may_end(desk, wish, until):
        return None
    return Wish(deed, done, _whom(desk, kind, number), until)


def _may_end(desk: Desk, wish: Wish, until: datetime | None) -> bool:
    """Tell whether a reservation can be made again with the same end."""
    if until is None:
        return True
    is_carried = read_stamp(show_stamp(until)) == until
    return wish.deed.command == "target" and is_carried and until > desk.caller.now


def _whom(desk: Desk, kind: str | None, number: int | None) -> Whom | None:
    if kind is None or number is None:
        return None
    if kind == Slot.Target.PRODUCT:
        code = curriculum_queries.codes(market_id=desk.market_id)[number]
        return Whom(Target(kind, number), code, "")
    return Whom(Target(kind, number), ids.LEARNER.show(number), "")
