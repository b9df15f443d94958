"""Parents on a phone, inside WeChat."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from tests.served import Desk, ahead, balances, booking, done, id_of, refused
from yueke.kernel.grid import show_instant


def test_H5_1_a_parent_on_a_phone_books_a_major_lesson_with_credits(company: Desk) -> None:
    start = ahead(hours=72)
    emma, learner = company.teacher(start), company.learner(credit=2)
    parents = company.parents(learner)

    times = parents.get(
        "/times",
        learner=id_of(learner),
        product="major",
        from_=show_instant(ahead(hours=24)),
        to=show_instant(ahead(hours=96)),
    )
    assert done(times)["times"] == [{"starts_at": show_instant(start), "teachers": 1}]

    booked = done(parents.post("/bookings", booking(learner, emma, start, pay_with="credit")))
    assert booked["paid"] == {"asset": "credit", "amount": 1}
    assert balances(parents, learner) == {"credit": 1}
    [spent, granted] = done(parents.get(f"/learners/{id_of(learner)}/entries"))["entries"]
    assert (spent["kind"], spent["change"], spent["seat"]) == ("spend", -1, booked["seat"])
    assert (granted["kind"], granted["change"], granted["seat"]) == ("grant", 2, None)


def test_H5_1_spends_first_what_expires_first(company: Desk) -> None:
    start = ahead(hours=72)
    emma, learner = company.teacher(start), company.learner(credit=0)
    later = company.lot(learner, asset="credit", expires_at=show_instant(ahead(hours=900)))
    sooner = company.lot(learner, asset="credit", expires_at=show_instant(ahead(hours=400)))
    never = company.lot(learner, asset="credit")
    parents = company.parents(learner)
    done(parents.post("/bookings", booking(learner, emma, start)))
    left = {lot["id"] for lot in done(parents.get(f"/learners/{id_of(learner)}/wallet"))["lots"]}
    assert left == {later, never}
    assert sooner not in left


def test_H5_2_a_parent_on_a_phone_books_a_major_lesson_with_a_coupon(company: Desk) -> None:
    start = ahead(hours=72)
    emma, learner = company.teacher(start), company.learner(credit=5)
    coupon = company.lot(
        learner, asset="coupon", product="major", expires_at=show_instant(ahead(hours=900))
    )
    parents = company.parents(learner)
    body = booking(learner, emma, start, pay_with="coupon", lot=coupon)
    booked = done(parents.post("/bookings", body))
    assert booked["paid"] == {"asset": "coupon", "amount": 1}
    assert balances(parents, learner) == {"credit": 5}

    done(parents.post("/cancellations", {"seat": booked["seat"]}))
    wallet = done(parents.get(f"/learners/{id_of(learner)}/wallet"))["lots"]
    assert {(lot["asset"], lot["id"]) for lot in wallet if lot["asset"] == "coupon"} == {
        ("coupon", coupon)
    }


def test_H5_2_a_coupon_serves_only_its_learner_its_product_and_its_time(company: Desk) -> None:
    start = ahead(hours=72)
    emma, learner = company.teacher(start), company.learner(credit=0)
    sister = company.learner(family=learner.family, name="陈小雪", credit=0)
    soon = datetime.now(UTC) + timedelta(seconds=1)
    lots = {
        "lot_for_another_product": company.lot(learner, asset="coupon", product="special"),
        "lot_not_found": company.lot(sister, asset="coupon"),
        "lot_expired": company.lot(learner, asset="coupon", expires_at=soon.isoformat()),
    }
    time.sleep(1)
    parents = company.parents(learner)
    for code, lot in lots.items():
        body = booking(learner, emma, start, pay_with="coupon", lot=lot)
        assert refused(parents.post("/bookings", body))[1] == code
    unnamed = parents.post("/bookings", booking(learner, emma, start, pay_with="coupon"))
    assert refused(unnamed) == (409, "balance_too_low")
    assert done(parents.get("/lessons"))["lessons"] == []


def test_H5_3_a_parent_on_a_phone_books_a_major_lesson_with_energy_stones(company: Desk) -> None:
    start = ahead(hours=72)
    emma, learner = company.teacher(start), company.learner(credit=1)
    company.lot(learner, asset="stone", amount=20)
    parents = company.parents(learner)
    body = booking(learner, emma, start, pay_with="stone")
    short = parents.post("/bookings", body)
    assert refused(short) == (409, "balance_too_low")
    assert (short.json()["needed"], short.json()["available"]) == (30, 20)

    company.lot(learner, asset="stone", amount=20)
    booked = done(parents.post("/bookings", body))
    assert booked["paid"] == {"asset": "stone", "amount": 30}
    assert balances(parents, learner) == {"credit": 1, "stone": 10}


def test_H5_7_a_parent_on_a_phone_cancels_a_day_ahead_and_gets_everything_back(
    company: Desk,
) -> None:
    start = ahead(hours=72)
    emma, learner = company.teacher(start), company.learner(credit=0)
    company.lot(learner, asset="stone", amount=20)
    company.lot(learner, asset="stone", amount=20)
    parents = company.parents(learner)
    booked = done(parents.post("/bookings", booking(learner, emma, start, pay_with="stone")))
    cancelled = done(parents.post("/cancellations", {"seat": booked["seat"]}))
    assert cancelled["paid"] == cancelled["refunded"] == {"asset": "stone", "amount": 30}
    wallet = done(parents.get(f"/learners/{id_of(learner)}/wallet"))["lots"]
    assert [lot["balance"] for lot in wallet] == [20, 20]


def test_H5_7_a_parent_who_cancels_within_a_day_spends_what_was_paid(company: Desk) -> None:
    start = ahead(hours=23)
    emma, learner = company.teacher(start), company.learner(credit=2)
    parents = company.parents(learner)
    seat = done(parents.post("/bookings", booking(learner, emma, start)))["seat"]
    cancelled = done(parents.post("/cancellations", {"seat": seat}))
    assert cancelled["refunded"] == {"asset": "credit", "amount": 0}
    assert balances(parents, learner) == {"credit": 1}


@pytest.mark.parametrize("channel", ["teachers", "cc", "tmk", "marketing", "supply", "fireman"])
def test_H5_1_is_not_for_a_channel_without_booking(company: Desk, channel: str) -> None:
    start = ahead(hours=72)
    emma, learner = company.teacher(start), company.learner(credit=2)
    answer = company.caller(channel).post("/bookings", booking(learner, emma, start))
    assert refused(answer) == (403, "channel_may_not")
    assert answer.json()["channel"] == channel
    parents = company.parents(learner)
    assert balances(parents, learner) == {"credit": 2}
    done(parents.post("/bookings", booking(learner, emma, start)))
