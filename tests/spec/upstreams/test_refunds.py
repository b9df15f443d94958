"""What comes back goes to the lot it came from, also when that has expired meanwhile."""

from datetime import UTC, datetime, timedelta

import pytest

from tests import asking
from tests.served import Desk, ahead, balances, booking, done, id_of
from yueke.kernel.grid import HALF_HOUR
from yueke.people import public_ids
from yueke.people.models import Learner
from yueke.wallet import commands as wallet

pytestmark = pytest.mark.usefixtures("every_law_holds")
START = ahead(hours=30)
YESTERDAY = ahead(hours=-24)


def paid_from_what_expired(company: Desk, *, swept: bool = True) -> tuple[Learner, str, str]:
    """Book, a day ago, with two credits that expired an hour ago; return learner, lot and seat.

    `swept`: the timer has come by since.
    """
    learner = company.learner(credit=0)
    staff = asking.staff_of(market_id=company.company.market_id, channel="marketing")
    [lot] = asking.done(
        wallet.grant(
            asking.request(actor=staff, now=YESTERDAY),
            learner_id=learner.id,
            asset="credit",
            amount=2,
            expires_at=ahead(hours=-1),
        )
    )
    emma = company.teacher(START)
    booked = asking.book_one(
        actor=asking.parent_of(family=learner.family),
        command=asking.to_book(learner=learner, teacher=emma, starts_at=START),
        now=YESTERDAY + HALF_HOUR,
    )
    if swept:
        wallet.expire_lots(now=datetime.now(UTC))
    show = public_ids.show
    return learner, show("lot", lot.lot_id), show("st", booked.seat_id)


@pytest.mark.parametrize("swept", [True, False])
def test_TM_5_an_exchange_pays_with_what_comes_back_into_a_lot_that_has_expired(
    company: Desk, swept: bool
) -> None:
    learner, _, seat = paid_from_what_expired(company, swept=swept)
    start = START + HALF_HOUR
    other, tom, lp = company.learner(credit=1), company.teacher(start), company.caller("lp")
    theirs = done(lp.post("/bookings", booking(other, tom, start)))["seat"]
    pair = {"seat": seat, "other_seat": theirs}
    done(company.caller("tmk").post("/learner-exchanges", pair))
    wallet.expire_lots(now=datetime.now(UTC))
    assert (balances(lp, learner), balances(lp, other)) == ({}, {})
    assert kinds(company, learner).count("wallet.expired") == 1


def kinds(company: Desk, learner: Learner) -> list[str]:
    """Return what happened to a learner, last first."""
    events = done(company.caller("lp").get("/events", learner=id_of(learner)))["events"]
    return [event["kind"] for event in events]


def test_a_refund_revives_the_lot_it_came_from_for_as_long_as_the_policy_says(
    company: Desk,
) -> None:
    learner, lot, seat = paid_from_what_expired(company)
    parents = company.parents(learner)
    assert balances(parents, learner) == {}
    done(parents.post("/cancellations", {"seat": seat}))
    [revived] = done(parents.get(f"/learners/{id_of(learner)}/wallet"))["lots"]
    assert (revived["id"], revived["balance"]) == (lot, 1)
    left = datetime.fromisoformat(revived["expires_at"]) - datetime.now(UTC)
    assert timedelta(days=6, hours=23) < left <= timedelta(days=7)
    log = done(company.caller("lp").get("/events", learner=id_of(learner)))["events"]
    [told] = [event["data"] for event in log if event["kind"] == "wallet.revived"]
    assert datetime.fromisoformat(told["was"]) == ahead(hours=-1)
    assert told["lot"] == lot
    # And it can be spent again.
    start = START + HALF_HOUR
    emma = company.teacher(start)
    wish = {"learner": id_of(learner), "teacher": id_of(emma), "product": "major"}
    done(parents.post("/bookings", {**wish, "starts_at": start.isoformat()}))


def test_a_refund_revives_nothing_that_was_left_whether_or_not_the_timer_has_come_by(
    company: Desk,
) -> None:
    learner, lot, seat = paid_from_what_expired(company, swept=False)
    parents = company.parents(learner)
    done(parents.post("/cancellations", {"seat": seat}))
    [revived] = done(parents.get(f"/learners/{id_of(learner)}/wallet"))["lots"]
    assert (revived["id"], revived["balance"]) == (lot, 1)
    assert kinds(company, learner).count("wallet.expired") == 1
    assert wallet.expire_lots(now=datetime.now(UTC)) == 0


def test_with_no_days_what_comes_back_expires_and_says_so(company: Desk) -> None:
    done(company.caller("supply").post("/policies", {"policy": "revive_days", "value": "0"}))
    learner, _, seat = paid_from_what_expired(company)
    done(company.parents(learner).post("/cancellations", {"seat": seat}))
    wallet.expire_lots(now=datetime.now(UTC))
    assert balances(company.caller("lp"), learner) == {}
    assert kinds(company, learner).count("wallet.expired") == 2
    assert "wallet.revived" not in kinds(company, learner)


def test_a_lot_that_is_still_good_keeps_its_day(company: Desk) -> None:
    learner, emma = company.learner(credit=0), company.teacher(START)
    until = (datetime.now(UTC) + timedelta(hours=1)).isoformat(timespec="seconds")
    company.lot(learner, asset="credit", expires_at=until)
    parents = company.parents(learner)
    wish = {"learner": id_of(learner), "teacher": id_of(emma), "product": "major"}
    seat = done(parents.post("/bookings", {**wish, "starts_at": START.isoformat()}))["seat"]
    done(parents.post("/cancellations", {"seat": seat}))
    [lot] = done(parents.get(f"/learners/{id_of(learner)}/wallet"))["lots"]
    assert datetime.fromisoformat(lot["expires_at"]) == datetime.fromisoformat(until)
    assert "wallet.revived" not in kinds(company, learner)
