"""Lots are granted, and what is left of them goes when their time is over."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests import asking, snapshot, world
from tests.world import NOW, Company, half_hours_ahead
from yueke.cli.bench.statements import counted
from yueke.curriculum import policies
from yueke.kernel.actor import Actor
from yueke.notices.models import Event
from yueke.people.models import Learner
from yueke.wallet import commands, queries
from yueke.wallet.models import Account, Transfer
from yueke.wallet.orders import Granted

DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)


@pytest.fixture
def learner(cn: Company) -> Learner:
    """Return a learner who owns nothing."""
    return world.add_learner(company=cn, credit=0)


@pytest.fixture
def marketing(cn: Company) -> Actor:
    """Return staff who may grant."""
    return asking.staff_of(market_id=cn.market_id, channel="marketing")


def grant(
    actor: Actor,
    learner: Learner,
    *,
    asset: str = "credit",
    amount: int = 3,
    product_id: int | None = None,
    expires_at: datetime | None = None,
) -> list[object]:
    """Grant a lot; return the results."""
    answer = commands.grant(
        asking.request(actor=actor, now=NOW),
        learner_id=learner.id,
        asset=asset,
        amount=amount,
        product_id=product_id,
        expires_at=expires_at,
        reason="spring",
    )
    return list(answer.results)


def balances(learner: Learner, *, now: datetime = NOW) -> dict[str, int]:
    """Return what a learner can spend."""
    return queries.balances(market_id=learner.market_id, learner_id=learner.id, now=now)


def test_a_grant_is_a_new_lot_with_its_entry_and_event(
    cn: Company, learner: Learner, marketing: Actor
) -> None:
    before = snapshot.take()
    product, until = cn.products["special"].id, NOW + DAY
    [granted] = grant(marketing, learner, asset="coupon", product_id=product, expires_at=until)
    assert snapshot.changes(before) == {
        "account": (1, 0),
        "transfer": (1, 0),
        "event": (1, 0),
        "request_key": (1, 0),
    }
    lot = Account.objects.get(role="lot")
    assert granted == Granted(lot.id, learner.id, "coupon", 3, product, until)
    assert (lot.market_id, lot.balance) == (cn.market_id, 3)
    assert (lot.product_id, lot.expires_at) == (product, until)
    issued = Account.objects.get(market_id=cn.market_id, role="issued", asset="coupon")
    entry = Transfer.objects.get()
    assert (entry.kind, entry.amount, entry.seat_id) == ("grant", 3, None)
    assert (entry.from_account_id, entry.to_account_id) == (issued.id, lot.id)
    event = Event.objects.get(id=entry.event_id)
    assert (event.kind, event.channel, event.reason) == ("wallet.granted", "marketing", "spring")
    assert event.data == {"asset": "coupon", "amount": 3, "lot": lot.id}


def test_grants_add_up_lot_by_lot(learner: Learner, marketing: Actor) -> None:
    for amount in (1, 2):
        grant(marketing, learner, amount=amount)
    grant(marketing, learner, asset="stone", amount=30)
    assert balances(learner) == {"credit": 3, "stone": 30}
    assert Account.objects.filter(learner_id=learner.id).count() == 3


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ({"asset": "gold"}, "asset_unknown"),
        ({"asset": ""}, "asset_unknown"),
        ({"amount": 0}, "amount_not_positive"),
        ({"amount": -1}, "amount_not_positive"),
        ({"expires_at": NOW}, "expiry_in_past"),
        ({"expires_at": NOW - DAY}, "expiry_in_past"),
    ],
)
def test_a_bad_grant_is_refused(
    learner: Learner, marketing: Actor, what: dict[str, Any], code: str
) -> None:
    before = snapshot.take()
    assert asking.codes(grant(marketing, learner, **what)) == [code]
    assert snapshot.changes(before) == {"request_key": (1, 0)}


@pytest.mark.parametrize("channel", ["parents-h5", "teachers", "cc", "supply"])
def test_a_channel_that_may_not_grant_is_refused(
    cn: Company, learner: Learner, channel: str
) -> None:
    actor = asking.staff_of(market_id=cn.market_id, channel=channel)
    before = snapshot.take()
    assert asking.codes(grant(actor, learner)) == ["channel_may_not"]
    assert snapshot.changes(before) == {"request_key": (1, 0)}


def test_a_learner_of_another_market_is_not_found(us: Company, learner: Learner) -> None:
    abroad = asking.staff_of(market_id=us.market_id, channel="marketing")
    before = snapshot.take()
    assert asking.codes(grant(abroad, learner)) == ["learner_not_found"]
    assert snapshot.changes(before) == {"request_key": (1, 0)}


def test_a_lot_expires_at_its_instant_and_not_before(cn: Company, learner: Learner) -> None:
    lot = world.add_lot(company=cn, learner=learner, amount=4, expires_in=DAY)
    kept = world.add_lot(company=cn, learner=learner, amount=5)
    before = snapshot.take()
    assert commands.expire_lots(now=NOW + DAY - INSTANT) == 0
    assert snapshot.changes(before) == {}
    assert commands.expire_lots(now=NOW + DAY) == 1
    assert snapshot.changes(before) == {"account": (1, 1), "transfer": (1, 0), "event": (1, 0)}
    lot.refresh_from_db()
    kept.refresh_from_db()
    assert (lot.balance, kept.balance) == (0, 5)
    entry = Transfer.objects.get(kind="expire")
    assert (entry.from_account_id, entry.amount, entry.seat_id) == (lot.id, 4, None)
    assert Account.objects.get(id=entry.to_account_id).role == "expired"
    event = Event.objects.get(id=entry.event_id)
    assert (event.kind, event.channel, event.actor_kind) == ("wallet.expired", "system", "job")
    assert event.data == {"asset": "credit", "amount": 4, "lot": lot.id}
    assert commands.expire_lots(now=NOW + DAY) == 0


def test_what_was_spent_of_a_lot_does_not_expire(cn: Company, learner: Learner) -> None:
    lot = world.add_lot(company=cn, learner=learner, amount=1, expires_in=DAY)
    start = half_hours_ahead(count=2)
    teacher = world.add_teacher(company=cn, opens=[start])
    command = asking.to_book(learner=learner, teacher=teacher, starts_at=start)
    asking.book_one(actor=asking.parent_of(family=learner.family), command=command, now=NOW)
    assert commands.expire_lots(now=NOW + DAY) == 0
    lot.refresh_from_db()
    assert lot.balance == 0


def test_lots_expire_in_every_market_and_in_slices(cn: Company, us: Company) -> None:
    learners = [world.add_learner(company=company, credit=0) for company in (cn, us, us)]
    for company, owner in zip((cn, us, us), learners, strict=True):
        world.add_lot(company=company, learner=owner, expires_in=DAY)
    assert [commands.expire_lots(now=NOW + DAY, limit=2) for _ in range(3)] == [2, 1, 0]
    for company in (cn, us):
        entries = Transfer.objects.filter(market_id=company.market_id, kind="expire")
        sides = Account.objects.filter(id__in=entries.values("to_account_id"))
        assert set(sides.values_list("market_id", flat=True)) == {company.market_id}


def test_many_lots_expire_in_as_many_statements_as_few(cn: Company, us: Company) -> None:
    statements = []
    for count, days in ((1, 1), (4, 2)):
        for company in (cn, us):
            learner = world.add_learner(company=company, credit=0)
            for _ in range(count):
                world.add_lot(company=company, learner=learner, expires_in=days * DAY)
        with counted() as seen:
            assert commands.expire_lots(now=NOW + days * DAY) == 2 * count
        statements.append(len(seen))
    assert statements[0] == statements[1]


def test_a_refund_into_a_lot_that_is_over_expires_with_the_next_run_where_none_revives(
    cn: Company, learner: Learner
) -> None:
    supply = asking.staff_of(market_id=cn.market_id, channel="supply")
    request = asking.request(actor=supply, now=NOW)
    asking.done(policies.change_policy(request, policy="revive_days", value="0"))
    world.add_lot(company=cn, learner=learner, amount=1, expires_in=DAY)
    start = NOW + 3 * DAY
    teacher = world.add_teacher(company=cn, opens=[start])
    parent = asking.parent_of(family=learner.family)
    command = asking.to_book(learner=learner, teacher=teacher, starts_at=start)
    booked = asking.book_one(actor=parent, command=command, now=NOW)
    after = NOW + DAY
    assert asking.codes(asking.cancel(actor=parent, seats=[booked.seat_id], now=after)) == ["done"]
    assert balances(learner, now=after) == {}
    assert commands.expire_lots(now=after) == 1
    assert Account.objects.get(learner_id=learner.id).balance == 0
