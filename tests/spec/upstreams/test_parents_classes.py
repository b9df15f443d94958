"""Parents book seats in open classes: on PC and on the phone."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction

from tests import world
from tests.open_classes import (
    START,
    place,
    published,
    seats_left,
    sell_classes,
)
from tests.served import (
    Caller,
    Desk,
    ahead,
    balances,
    booking,
    done,
    id_of,
    refused,
    together,
)
from yueke.booking.classes import lapse
from yueke.kernel.grid import HALF_HOUR, show_instant
from yueke.people.models import Learner


@pytest.fixture
def school(company: Desk) -> Desk:
    """Return a company that sells open classes."""
    sell_classes(company.company)
    return company


def test_PC_2_books_a_seat_in_an_open_class(school: Desk) -> None:
    learner, lesson = school.learner(credit=2), published(school)
    parents = school.parents(learner, channel="parents-pc")
    booked = done(parents.post("/class-bookings", place(learner, lesson)))
    assert (booked["lesson"], booked["paid"]) == (lesson, {"asset": "credit", "amount": 1})
    assert balances(parents, learner) == {"credit": 1}
    [lesson_row] = done(parents.get("/lessons"))["lessons"]
    assert (lesson_row["product"], lesson_row["minutes"]) == ("open", 55)
    assert seats_left(parents, lesson) == 2


def test_PC_2_pays_with_credits_as_the_table_says(school: Desk) -> None:
    learner, lesson = school.learner(), published(school)
    school.lot(learner, asset="coupon")
    parents = school.parents(learner, channel="parents-pc")
    answer = parents.post("/class-bookings", place(learner, lesson, pay_with="coupon"))
    assert refused(answer) == (403, "channel_may_not")


def test_PC_4_and_H5_7_cancel_a_seat_by_the_policy_of_open_classes(school: Desk) -> None:
    start = {"free": START, "late": ahead(hours=3)}
    for channel in ("parents-pc", "parents-h5"):
        for policy, refund in (("free", 1), ("late", 0)):
            learner = school.learner(credit=1)
            parents = school.parents(learner, channel=channel)
            lesson = published(school, starts_at=start[policy].isoformat())
            seat = done(parents.post("/class-bookings", place(learner, lesson)))["seat"]
            cancelled = done(parents.post("/cancellations", {"seat": seat}))
            assert cancelled["refunded"]["amount"] == refund
            assert seats_left(parents, lesson) == 3


def test_H5_4_books_a_seat_with_credits_or_a_coupon(school: Desk) -> None:
    learner, lesson = school.learner(credit=1), published(school)
    coupon, parents = school.lot(learner, asset="coupon"), school.parents(learner)
    other = published(school, starts_at=ahead(hours=80).isoformat())
    done(parents.post("/class-bookings", place(learner, lesson)))
    with_coupon = place(learner, other, pay_with="coupon", lot=coupon)
    paid = done(parents.post("/class-bookings", with_coupon))["paid"]
    assert paid == {"asset": "coupon", "amount": 1}
    assert balances(parents, learner) == {}


def test_H5_4_is_not_paid_with_energy_stones(school: Desk) -> None:
    learner, lesson = school.learner(), published(school)
    school.lot(learner, asset="stone", amount=100)
    parents = school.parents(learner)
    answer = parents.post("/class-bookings", place(learner, lesson, pay_with="stone"))
    assert refused(answer) == (422, "asset_not_accepted")
    assert seats_left(parents, lesson) == 3


def test_H5_4_refuses_what_cannot_be_and_changes_nothing(school: Desk) -> None:
    learner, lesson, poor = school.learner(credit=3), published(school), school.learner(credit=0)
    parents, emma = school.parents(learner), school.teacher(START + HALF_HOUR)
    done(parents.post("/bookings", booking(learner, emma, START + HALF_HOUR)))
    busy = parents.post("/class-bookings", place(learner, lesson))
    assert refused(busy) == (409, "learner_busy")
    unpaid = school.parents(poor).post("/class-bookings", place(poor, lesson))
    assert refused(unpaid) == (409, "balance_too_low")
    theirs = parents.post("/class-bookings", place(poor, lesson))
    assert refused(theirs) == (404, "learner_not_found")
    nobodys = parents.post("/class-bookings", place(learner, "lsn_0000000000000000"))
    assert refused(nobodys) == (404, "class_not_found")
    assert seats_left(parents, lesson) == 3
    assert balances(parents, learner) == {"credit": 2}


def test_H5_4_asked_beforehand_changes_nothing(school: Desk) -> None:
    learner, lesson = school.learner(credit=1), published(school)
    parents = school.parents(learner)
    told = parents.post("/class-bookings?dry_run=true", place(learner, lesson))
    assert (told.status_code, told.json()["paid"]["amount"]) == (200, 1)
    assert (seats_left(parents, lesson), balances(parents, learner)) == (3, {"credit": 1})


def test_H5_4_the_time_of_a_class_is_taken_for_other_lessons(school: Desk) -> None:
    learner, lesson = school.learner(), published(school)
    parents, emma = school.parents(learner), school.teacher(START + HALF_HOUR)
    done(parents.post("/class-bookings", place(learner, lesson)))
    answer = parents.post("/bookings", booking(learner, emma, START + HALF_HOUR))
    assert refused(answer) == (409, "learner_busy")


def test_H5_4_many_at_once_for_the_last_seats_are_as_many_as_there_are(school: Desk) -> None:
    lesson = published(school)
    learners = [school.learner(credit=1) for _ in range(12)]
    callers = [school.parents(learner) for learner in learners]
    answers = together(
        *(
            partial(caller.post, "/class-bookings", place(learner, lesson))
            for caller, learner in zip(callers, learners, strict=True)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [201] * 3 + [409] * 9
    assert {refused(one)[1] for one in answers if one.status_code == 409} == {"class_full"}
    assert seats_left(callers[0], lesson) == 0
    left = [balances(*pair) for pair in zip(callers, learners, strict=True)]
    assert sorted(left, key=len) == [{}] * 3 + [{"credit": 1}] * 9


def test_H5_4_waits_for_a_seat_and_gets_it_when_another_family_cancels(school: Desk) -> None:
    lesson = published(school, capacity=2)
    inside = [school.learner() for _ in range(2)]
    seats = [
        done(school.parents(one).post("/class-bookings", place(one, lesson)))["seat"]
        for one in inside
    ]
    learner = school.learner(credit=1)
    parents = school.parents(learner)
    done(parents.post("/class-waits", place(learner, lesson)))
    rows = done(parents.get(f"/classes/{lesson}/seats"))["seats"]
    assert [(row["learner"], row["seat"]) for row in rows] == [(id_of(learner), None)]
    done(school.parents(inside[0]).post("/cancellations", {"seat": seats[0]}))
    [booked] = done(parents.get("/lessons"))["lessons"]
    assert (booked["state"], booked["starts_at"]) == ("live", show_instant(START))
    assert balances(parents, learner) == {}


def waiting(school: Desk, lesson: str) -> tuple[Caller, Learner, str]:
    """Fill a class of two and let somebody wait; return their caller, them, and a seat of it."""
    inside = [school.learner() for _ in range(2)]
    [_, seat] = [
        done(school.parents(one).post("/class-bookings", place(one, lesson)))["seat"]
        for one in inside
    ]
    learner = school.learner(credit=1)
    parents = school.parents(learner)
    done(parents.post("/class-waits", place(learner, lesson)))
    return parents, learner, seat


def test_H5_4_who_still_waits_when_the_class_begins_waits_no_longer(school: Desk) -> None:
    lesson, other = published(school, capacity=2), published(school, capacity=2)
    parents, learner, seat = waiting(school, lesson)
    others, _, _ = waiting(school, other)
    assert not lapse.end_waits(now=START - timedelta(seconds=1))
    assert lapse.end_waits(now=START)
    assert lapse.end_waits(now=START)
    assert not lapse.end_waits(now=START)
    told = done(school.caller("fireman").get("/events", seat=seat))["events"][-1]
    assert (told["kind"], told["channel"]) == ("class.wait_skipped", "system")
    assert (told["learner"], told["data"]["why"]) == (id_of(learner), "class_already_started")
    for family, class_id in ((parents, lesson), (others, other)):
        assert done(family.get(f"/classes/{class_id}/seats"))["seats"] == []
    stop = {"learner": id_of(learner), "lesson": lesson}
    assert refused(parents.post("/class-wait-ends", stop)) == (409, "not_waiting")
    assert balances(parents, learner) == {"credit": 1}


def test_H5_4_who_waits_gets_what_came_free_while_the_class_was_out_of_sight(
    school: Desk,
) -> None:
    lesson, curriculum = published(school, capacity=2), school.caller("curriculum")
    parents, learner, seat = waiting(school, lesson)
    done(curriculum.post("/class-unpublications", {"lesson": lesson}))
    done(curriculum.post("/cancellations", {"seat": seat}))
    assert balances(parents, learner) == {"credit": 1}
    done(curriculum.post("/class-publications", {"lesson": lesson}))
    [booked] = done(parents.get("/lessons"))["lessons"]
    assert booked["state"] == "live"
    assert balances(parents, learner) == {}


def test_H5_4_who_waits_gets_a_new_seat_though_their_wallet_is_changed_just_then(
    school: Desk,
) -> None:
    lesson, curriculum = published(school, capacity=2), school.caller("curriculum")
    parents, learner, _ = waiting(school, lesson)
    body = {"lesson": lesson, "title_zh": "拼读", "title_en": "Phonics", "capacity": 3}
    with ThreadPoolExecutor(1) as thread:
        with transaction.atomic():
            Learner.objects.select_for_update(no_key=True).get(id=learner.id)
            answer = thread.submit(curriculum.post, "/class-descriptions", body)
            # One that passed over who is busy would be through by now.
            wait([answer], timeout=0.5)
        done(answer.result())
    [booked] = done(parents.get("/lessons"))["lessons"]
    assert booked["state"] == "live"


def test_H5_4_shows_a_family_nobody_elses_seat(school: Desk) -> None:
    lesson, other = published(school), school.learner()
    done(school.parents(other).post("/class-bookings", place(other, lesson)))
    parents = school.parents(world.add_learner(company=school.company))
    assert done(parents.get(f"/classes/{lesson}/seats"))["seats"] == []
