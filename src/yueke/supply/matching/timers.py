"""What becomes of those who wait: matched by the timer, support told, given up in the end."""

from datetime import datetime, timedelta

from yueke.booking.operations import lesson as lessons
from yueke.booking.operations import place as places
from yueke.booking.places import left
from yueke.booking.rules.place import Leave
from yueke.curriculum import queries as curriculum
from yueke.kernel.actor import Actor
from yueke.kernel.transaction import Work, begin
from yueke.notices import operations as notices
from yueke.notices.once import Request
from yueke.notices.operations import Happened
from yueke.people import policies
from yueke.people.policies import InForce
from yueke.supply.matching.match import match, waits_still
from yueke.supply.matching.models import Wait
from yueke.wallet import granting
from yueke.wallet import operations as wallet
from yueke.wallet.models import Account


def match_all(*, now: datetime) -> None:
    """Match every half-hour at which somebody waits: also whom a killed process left (SD-8).

    Who waits no more, since the lesson is over or was given a teacher by hand, is noted before.
    """
    waiting = Wait.objects.filter(state=Wait.State.WAITING)
    for market_id in waiting.values_list("market_id", flat=True).distinct().order_by():
        with begin() as work:
            work.write(__package__, "close_waits", (now, market_id))
    keys = waiting.values_list("market_id", "product_id", "starts_at").distinct().order_by()
    for market_id, product_id, starts_at in list(keys):
        match(market_id=market_id, product_id=product_id, starts_at=starts_at, now=now)


def look_after(*, now: datetime) -> int:
    """Tell support of those who wait long, and give up those who waited too long.

    Returns how many were given up.
    """
    given_up = 0
    waiting = Wait.objects.filter(state=Wait.State.WAITING)
    for market_id in waiting.values_list("market_id", flat=True).distinct().order_by():
        in_force = policies.in_force(market_id=market_id, at=now)
        late = now - timedelta(minutes=in_force.number("wait_alert_minutes"))
        over = now - timedelta(minutes=in_force.number("wait_limit_minutes"))
        of_market = waiting.filter(market_id=market_id)
        for seat_id in of_market.filter(entered_at__lte=over).values_list("seat_id", flat=True):
            given_up += _give_up(market_id, seat_id, now, in_force)
        unseen = of_market.filter(entered_at__lte=late, alerted_at=None)
        for seat_id in unseen.values_list("seat_id", flat=True):
            _alert(seat_id, now)
    return given_up


def _alert(seat_id: int, now: datetime) -> None:
    with begin() as work:
        wait = Wait.objects.select_for_update().get(seat_id=seat_id)
        if wait.state != Wait.State.WAITING or wait.alerted_at is not None:
            return
        wait.alerted_at = now
        wait.save(update_fields=["alerted_at"])
        _tell(work, wait, "lesson.waits_long", now)


def _give_up(market_id: int, seat_id: int, now: datetime, in_force: InForce) -> bool:
    """Cancel a lesson that nobody came to teach: all is refunded, and made up for by policy."""
    request = Request(Actor(market_id, "job", 0, "supply"), "", b"", now)
    with begin() as work:
        locked = lessons.lock(work, market_id=market_id, seat_ids=[seat_id])
        wait = Wait.objects.select_for_update().get(seat_id=seat_id)
        lesson = locked.lessons[seat_id]
        if wait.state != Wait.State.WAITING or not waits_still(lesson):
            return False
        wait.state, wait.settled_at = Wait.State.GIVEN_UP, now
        wait.save(update_fields=["state", "settled_at"])
        changes = places.changes_of(work, [Leave(lesson, lesson.paid)])
        places.leave(work, actor=request.actor, now=now, changes=changes, emptied="cancelled")
        [change] = changes
        assert change.leave is not None
        event = left(change.number, "lesson.unmatched", request, change.leave, "")
        notices.append(work, market_id=market_id, at=now, events=[event])
        if in_force.text("unmatched_makeup") == "coupon":
            _make_up(work, wait, now)
        return True


def _make_up(work: Work, wait: Wait, now: datetime) -> None:
    """Give a coupon for a lesson of the product, where coupons pay for it."""
    product = next(
        one
        for one in curriculum.facts(market_id=wait.market_id, now=now).values()
        if one.id == wait.product_id
    )
    if Account.Asset.COUPON not in product.prices:
        return
    lot = wallet.open_lot(
        market_id=wait.market_id,
        learner_id=wait.learner_id,
        asset=Account.Asset.COUPON,
        product_id=product.id,
        expires_at=None,
    )
    granting.issue(
        work,
        actor=Actor(wait.market_id, "job", 0, "supply"),
        now=now,
        lot=lot,
        amount=product.prices[Account.Asset.COUPON],
        reason="",
        data={"unmatched_lesson": wait.lesson_id},
    )


def _tell(work: Work, wait: Wait, kind: str, now: datetime) -> None:
    event = Happened(
        0,
        kind,
        Actor(wait.market_id, "job", 0, "supply"),
        lesson_id=wait.lesson_id,
        learner_id=wait.learner_id,
        starts_at=wait.starts_at,
    )
    notices.append_one(work, at=now, event=event)
