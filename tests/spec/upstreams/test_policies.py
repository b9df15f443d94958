"""Policies that operations change: dated, audited, and kept to for what was booked before."""

from datetime import timedelta

import pytest

from tests.served import Desk, ahead, balances, booking, done, refused, written
from yueke.kernel.grid import show_instant
from yueke.notices.models import Event
from yueke.people import policies
from yueke.people.models import PolicyValue

pytestmark = pytest.mark.usefixtures("every_law_holds")
OTHERS = ("parents-pc", "parents-h5", "teachers", "lp", "cc", "tmk", "fireman", "curriculum")


def in_force(company: Desk, policy: str, product: str | None = None, **query: str) -> str:
    """Return what a policy is, as the API lists it."""
    found = done(company.caller("lp").get("/policies", **query))["policies"]
    [value] = [p["value"] for p in found if (p["policy"], p["product"]) == (policy, product)]
    return str(value)


def test_policies_are_what_the_mission_says_until_somebody_changes_them(company: Desk) -> None:
    assert {p["policy"] for p in done(company.caller("lp").get("/policies"))["policies"]} == set(
        policies.policies()
    )
    assert in_force(company, "free_cancel_hours", "major") == "24"
    assert in_force(company, "stones_a_lesson", "major") == "30"
    assert in_force(company, "trial_limit") == "1"


def test_a_policy_changes_from_a_moment_on_and_says_who_and_why(company: Desk) -> None:
    supply, later = company.caller("supply"), ahead(hours=48)
    change = {"policy": "reserved_time_hours", "value": "12", "reason": "旺季"}
    told = supply.post("/policies?dry_run=true", change)
    assert (told.status_code, told.json()["was"], told.json()["value"]) == (200, "24", "12")
    assert in_force(company, "reserved_time_hours") == "24"
    done(supply.post("/policies", {**change, "from_at": show_instant(later)}))
    assert in_force(company, "reserved_time_hours") == "24"
    assert in_force(company, "reserved_time_hours", at=show_instant(later)) == "12"
    [row] = PolicyValue.objects.filter(name="reserved_time_hours")
    event = Event.objects.get(id=row.pk)
    assert (event.channel, event.reason) == ("supply", "旺季")
    again = supply.post("/policies", {**change, "from_at": show_instant(later)})
    assert refused(again) == (409, "policy_unchanged")


def test_what_was_promised_at_booking_holds_and_what_is_booked_later_is_judged_anew(
    company: Desk,
) -> None:
    first, second = ahead(hours=30), ahead(hours=31)
    emma, learner = company.teacher(first, second), company.learner(credit=2)
    parents, supply = company.parents(learner), company.caller("supply")
    before = done(parents.post("/bookings", booking(learner, emma, first)))
    change = {"policy": "free_cancel_hours", "product": "major", "value": "48"}
    done(supply.post("/policies", change))
    after = done(parents.post("/bookings", booking(learner, emma, second)))
    assert before["free_cancel_until"] == written(first - timedelta(hours=24))[0]
    assert after["free_cancel_until"] == written(second - timedelta(hours=48))[0]
    assert done(parents.post("/cancellations", {"seat": before["seat"]}))["refunded"]["amount"] == 1
    assert done(parents.post("/cancellations", {"seat": after["seat"]}))["refunded"]["amount"] == 0
    assert balances(parents, learner) == {"credit": 1}


def test_one_product_goes_before_all_of_them(company: Desk) -> None:
    supply = company.caller("supply")
    done(supply.post("/policies", {"policy": "free_cancel_hours", "value": "10"}))
    special = {"policy": "free_cancel_hours", "value": "2", "product": "special"}
    done(supply.post("/policies", special))
    hours = {p["code"]: p["free_cancel_hours"] for p in done(supply.get("/products"))["products"]}
    assert hours == {"major": 10, "level7": 10, "special": 2}


def test_M_1_what_a_lesson_costs_in_stones_is_by_product_and_date(company: Desk) -> None:
    start, later = ahead(hours=30), ahead(hours=100)
    emma, learner = company.teacher(start), company.learner(credit=0)
    marketing, parents = company.caller("marketing"), company.parents(learner)
    company.lot(learner, asset="stone", amount=20)
    wish = booking(learner, emma, start, pay_with="stone")
    assert refused(parents.post("/bookings", wish)) == (409, "balance_too_low")
    price = {"policy": "stones_a_lesson", "product": "major", "reason": "双十一"}
    done(marketing.post("/policies", {**price, "value": "20"}))
    done(marketing.post("/policies", {**price, "value": "0", "from_at": show_instant(later)}))
    assert done(parents.post("/bookings", wish))["paid"] == {"asset": "stone", "amount": 20}
    assert in_force(company, "stones_a_lesson", "major", at=show_instant(later)) == "0"
    # A product that took none before may take them from a day on.
    done(marketing.post("/policies", {**price, "product": "special", "value": "5"}))
    prices = {p["code"]: p["prices"] for p in done(marketing.get("/products"))["products"]}
    assert prices["special"] == {"credit": 2, "coupon": 1, "stone": 5}


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"policy": "moon"}, (404, "policy_unknown")),
        ({"value": "-1"}, (422, "policy_value_invalid")),
        ({"value": "many"}, (422, "policy_value_invalid")),
        ({"value": "24.5"}, (422, "policy_value_invalid")),
        ({"product": "chess"}, (422, "product_unknown")),
        ({"policy": "trial_limit", "product": "major"}, (422, "policy_not_by_product")),
        ({"policy": "learner_no_show", "value": "lost"}, (422, "policy_value_invalid")),
        ({"policy": "open_class_handover", "value": "2019-12-01"}, (422, "policy_value_invalid")),
        ({"from_at": "2019-12-01T00:00:00Z"}, (422, "policy_in_past")),
    ],
)
def test_a_policy_is_not_changed_to_what_it_cannot_be(
    company: Desk, change: dict[str, str], refusal: tuple[int, str]
) -> None:
    body = {"policy": "free_cancel_hours", "value": "2", **change}
    assert refused(company.caller("supply").post("/policies", body)) == refusal
    assert not PolicyValue.objects.exists()


def test_policies_are_changed_by_the_channels_of_the_table_alone(company: Desk) -> None:
    for channel in (*OTHERS, "marketing"):
        change = {"policy": "free_cancel_hours", "value": "2"}
        answer = company.caller(channel).post("/policies", change)
        assert refused(answer) == (403, "channel_may_not"), channel
    for channel in (*OTHERS, "supply"):
        change = {"policy": "stones_a_lesson", "value": "2"}
        answer = company.caller(channel).post("/policies", change)
        assert refused(answer) == (403, "channel_may_not"), channel
    assert not PolicyValue.objects.exists()


def test_a_policy_of_one_market_is_none_of_another(company: Desk, other_company: Desk) -> None:
    change = {"policy": "free_cancel_hours", "value": "2"}
    done(company.caller("system").post("/policies", change))
    assert in_force(other_company, "free_cancel_hours", "major") == "24"
    start = ahead(hours=30)
    emma, learner = other_company.teacher(start), other_company.learner()
    booked = done(other_company.caller("lp").post("/bookings", booking(learner, emma, start)))
    assert booked["free_cancel_until"] == written(start - timedelta(hours=24))[0]


@pytest.mark.parametrize(
    ("channel", "path"),
    [
        ("lp", "/cancellations"),
        ("teachers", "/teacher-cancellations"),
        ("tmk", "/fake-cancellations"),
    ],
)
def test_what_the_company_cancels_is_refunded_unless_the_policy_of_that_day_is_another(
    company: Desk, channel: str, path: str
) -> None:
    first, second = ahead(hours=30), ahead(hours=60)
    emma, learner = company.teacher(first, second), company.learner(credit=2)
    lp, supply = company.caller("lp"), company.caller("supply")
    seats = [
        done(lp.post("/bookings", booking(learner, emma, at)))["seat"] for at in (first, second)
    ]
    spent = {"policy": "company_cancel", "value": "spent", "from_at": show_instant(ahead(hours=40))}
    done(supply.post("/policies", spent))
    caller = (
        company.caller(channel, teacher=emma) if channel == "teachers" else company.caller(channel)
    )
    for seat in seats:
        done(caller.post(path, {"seat": seat}))
    assert balances(lp, learner) == {"credit": 1}


def test_a_family_that_cancels_in_time_has_it_back_whatever_the_company_keeps(
    company: Desk,
) -> None:
    emma, learner = company.teacher(ahead(hours=60)), company.learner(credit=1)
    parents, supply = company.parents(learner), company.caller("supply")
    done(supply.post("/policies", {"policy": "company_cancel", "value": "spent"}))
    seat = done(parents.post("/bookings", booking(learner, emma, ahead(hours=60))))["seat"]
    done(parents.post("/cancellations", {"seat": seat}))
    assert balances(parents, learner) == {"credit": 1}


def test_who_exchanges_pays_once_whatever_the_company_keeps(company: Desk) -> None:
    learners = [company.learner(credit=1) for _ in range(2)]
    lp, supply = company.caller("lp"), company.caller("supply")
    done(supply.post("/policies", {"policy": "company_cancel", "value": "spent"}))
    one, other = (
        done(lp.post("/bookings", booking(learner, company.teacher(at), at)))["seat"]
        for learner, at in zip(learners, (ahead(hours=30), ahead(hours=31)), strict=True)
    )
    done(company.caller("tmk").post("/learner-exchanges", {"seat": one, "other_seat": other}))
    assert [balances(lp, learner) for learner in learners] == [{}, {}]
