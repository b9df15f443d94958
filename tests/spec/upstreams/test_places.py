"""Consultants and telemarketing: a learner leaves, the teacher's time is kept, another comes."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from tests import world
from tests.served import (
    Desk,
    ahead,
    balances,
    begun,
    booked_before,
    booking,
    done,
    id_of,
    refused,
    slots_of,
    together,
)
from yueke.booking import commands as jobs
from yueke.curriculum.models import Course, CourseLesson
from yueke.inventory.orders import Target
from yueke.kernel.grid import show_instant
from yueke.people.models import Learner, Teacher

CONSULTANTS = pytest.mark.parametrize("channel", ["cc", "tmk"])
NOT_THEIRS = ("parents-pc", "parents-h5", "teachers", "lp", "fireman", "supply", "marketing")
START = ahead(hours=5)


def booked(company: Desk, start: datetime = START) -> tuple[Teacher, Learner, str]:
    """Return a teacher, the learner they have a lesson with, and the seat."""
    emma, learner = company.teacher(start), company.learner(credit=1)
    answer = company.caller("lp").post("/bookings", booking(learner, emma, start))
    return emma, learner, str(done(answer)["seat"])


@CONSULTANTS
def test_TM_4_CC_4_the_learner_leaves_and_the_teachers_time_stays_sold(
    company: Desk, channel: str
) -> None:
    emma, learner, seat = booked(company)
    caller = company.caller(channel)
    left = done(caller.post("/fake-cancellations", {"seat": seat, "reason": "家长没空"}))
    assert (left["state"], left["refunded"]) == ("vacant", {"asset": "credit", "amount": 1})
    assert balances(company.caller("lp"), learner) == {"credit": 1}
    [slot] = slots_of(caller, emma, START)
    assert slot["state"] == "booked"
    other = company.learner(credit=1)
    taken = company.caller("lp").post("/bookings", booking(other, emma, START))
    assert refused(taken) == (409, "slot_already_taken")
    # Staff and the teacher see a lesson that somebody may take, the family one that is cancelled.
    herself = company.caller("teachers", teacher=emma)
    for sees, state in (
        (caller, "vacant"),
        (herself, "vacant"),
        (company.parents(learner), "cancelled"),
    ):
        assert done(sees.get(f"/lessons/{seat}"))["state"] == state
    [kept] = done(caller.get("/lessons", state="vacant"))["lessons"]
    assert kept["seat"] == seat
    [event] = [
        event
        for event in done(caller.get("/events", seat=seat))["events"]
        if event["kind"] == "lesson.fake_cancelled"
    ]
    assert (event["channel"], event["reason"], event["learner"]) == (
        channel,
        "家长没空",
        id_of(learner),
    )
    # The learner's own time is free again.
    tom = company.teacher(START, name="Tom")
    done(company.caller("lp").post("/bookings", booking(learner, tom, START)))


@CONSULTANTS
def test_TM_5_CC_5_another_learner_takes_the_place_that_was_left(
    company: Desk, channel: str
) -> None:
    emma, _, seat = booked(company)
    caller, other = company.caller(channel), company.learner(credit=1, name="李雷")
    done(caller.post("/fake-cancellations", {"seat": seat}))
    swapped = done(caller.post("/student-swaps", {"seat": seat, "learner": id_of(other)}))
    assert (swapped["learner"], swapped["teacher"], swapped["left"]) == (
        id_of(other),
        id_of(emma),
        None,
    )
    assert balances(company.caller("lp"), other) == {}
    assert done(caller.get(f"/lessons/{swapped['seat']}"))["state"] == "live"
    assert done(caller.get("/lessons", state="vacant"))["lessons"] == []
    again = caller.post("/student-swaps", {"seat": seat, "learner": id_of(company.learner())})
    assert refused(again) == (409, "lesson_already_cancelled")


@CONSULTANTS
def test_TM_5_CC_5_another_learner_takes_the_place_of_the_one_booked(
    company: Desk, channel: str
) -> None:
    _, learner, seat = booked(company)
    caller, other = company.caller(channel), company.learner(credit=1, name="李雷")
    body = {"seat": seat, "learner": id_of(other), "reason": "换人上课"}
    swapped = done(caller.post("/student-swaps", body))
    assert swapped["left"]["refunded"] == {"asset": "credit", "amount": 1}
    lp = company.caller("lp")
    assert (balances(lp, learner), balances(lp, other)) == ({"credit": 1}, {})
    assert done(lp.get(f"/lessons/{seat}"))["state"] == "cancelled"
    for who, kind in ((learner, "lesson.swapped_out"), (other, "lesson.swapped_in")):
        [told] = [
            event
            for event in done(lp.get("/events", learner=id_of(who)))["events"]
            if event["kind"] == kind
        ]
        assert told["reason"] == "换人上课"
    assert told["data"]["was_learner"] == id_of(learner)


def test_TM_5_coupons_pay_as_for_a_booking(company: Desk) -> None:
    _, _, seat = booked(company)
    other, tmk = company.learner(credit=0), company.caller("tmk")
    poor = tmk.post("/student-swaps", {"seat": seat, "learner": id_of(other)})
    assert refused(poor) == (409, "balance_too_low")
    lot = company.lot(other, asset="coupon")
    body = {"seat": seat, "learner": id_of(other), "pay_with": "coupon", "lot": lot}
    assert done(tmk.post("/student-swaps", body))["paid"] == {"asset": "coupon", "amount": 1}
    stones = tmk.post("/student-swaps", {**body, "pay_with": "stone", "lot": None})
    assert refused(stones) == (403, "channel_may_not")


def test_TM_5_asks_of_who_comes_what_a_booking_asks(company: Desk, other_company: Desk) -> None:
    _, learner, seat = booked(company)
    tom, tmk, lp = company.teacher(START), company.caller("tmk"), company.caller("lp")
    busy = company.learner()
    done(lp.post("/bookings", booking(busy, tom, START)))
    for other, refusal in (
        (company.learner(studies=[]), (409, "course_not_open")),
        (company.learner(level=4), (409, "teacher_does_not_teach")),
        (company.learner(credit=0), (409, "balance_too_low")),
        (busy, (409, "learner_busy")),
        (learner, (409, "learner_busy")),
        (other_company.learner(), (404, "learner_not_found")),
    ):
        swap = tmk.post("/student-swaps", {"seat": seat, "learner": id_of(other)})
        assert refused(swap) == refusal
    assert done(lp.get(f"/lessons/{seat}"))["state"] == "live"
    assert balances(lp, learner) == {}


def test_TM_5_time_kept_for_one_learner_goes_to_no_other(company: Desk) -> None:
    emma, learner = company.teacher(START), company.learner(credit=1)
    kept = Target("student", learner.id)
    world.open_slots(
        company=company.company, teacher=emma, starts=[START], target=kept, now=datetime.now(UTC)
    )
    seat = done(company.caller("lp").post("/bookings", booking(learner, emma, START)))["seat"]
    swap = {"seat": seat, "learner": id_of(company.learner())}
    assert refused(company.caller("tmk").post("/student-swaps", swap)) == (409, "slot_targeted")


def test_TM_5_courseware_chosen_for_one_learner_is_not_that_of_the_next(company: Desk) -> None:
    course = Course.objects.get(product=company.company.products["major"], level=3)
    CourseLesson.objects.create(course=course, number=5, title="Lesson 5")
    _, _, seat = booked(company)
    tmk, fireman = company.caller("tmk"), company.caller("fireman")
    done(fireman.post("/courseware-changes", {"seat": seat, "number": 5}))
    both = company.teacher(START, skills=["major:3", "major:4"])
    done(fireman.post("/teacher-changes", {"seat": seat, "teacher": id_of(both)}))
    for level in (3, 4):
        other = company.learner(level=level)
        seat = done(tmk.post("/student-swaps", {"seat": seat, "learner": id_of(other)}))["seat"]
        lesson = done(tmk.get(f"/lessons/{seat}"))
        assert (lesson["level"], lesson["course_number"]) == (level, None)


def test_TM_4_TM_5_are_over_once_the_lesson_has_begun(company: Desk) -> None:
    learner, tmk = company.learner(credit=1), company.caller("tmk")
    _, seat = booked_before(company, learner, begun())
    leave = tmk.post("/fake-cancellations", {"seat": seat})
    assert refused(leave) == (409, "lesson_already_started")
    swap = tmk.post("/student-swaps", {"seat": seat, "learner": id_of(company.learner())})
    assert refused(swap) == (409, "lesson_already_started")


def test_TM_4_a_lesson_nobody_took_is_finished_at_its_start_and_the_teacher_is_paid(
    company: Desk,
) -> None:
    emma, learner, seat = booked(company)
    tmk = company.caller("tmk")
    done(tmk.post("/fake-cancellations", {"seat": seat}))
    assert jobs.finish_vacant(now=START - timedelta(seconds=1)) == 0
    assert jobs.finish_vacant(now=START) == 1
    assert jobs.finish_vacant(now=START) == 0
    assert done(tmk.get(f"/lessons/{seat}"))["state"] == "finished"
    told = done(tmk.get("/events", seat=seat))["events"][-1]
    assert (told["kind"], told["channel"], told["teacher"], told["data"]) == (
        "lesson.finished_without_learner",
        "system",
        id_of(emma),
        {"teacher_paid": True},
    )
    swap = tmk.post("/student-swaps", {"seat": seat, "learner": id_of(company.learner())})
    assert refused(swap) == (409, "lesson_already_cancelled")
    assert balances(company.caller("lp"), learner) == {"credit": 1}


def test_TM_4_operations_may_decide_that_the_teacher_is_not_paid(company: Desk) -> None:
    _, _, seat = booked(company)
    tmk, unpaid = company.caller("tmk"), {"policy": "fake_cancel_pay", "value": "unpaid"}
    done(company.caller("supply").post("/policies", unpaid))
    done(tmk.post("/fake-cancellations", {"seat": seat}))
    assert jobs.finish_vacant(now=START) == 1
    assert done(tmk.get("/events", seat=seat))["events"][-1]["data"] == {"teacher_paid": False}


def test_TM_5_one_of_many_gets_the_place(company: Desk) -> None:
    _, _, seat = booked(company)
    tmk = company.caller("tmk")
    done(tmk.post("/fake-cancellations", {"seat": seat}))
    wishes = [{"seat": seat, "learner": id_of(company.learner(credit=1))} for _ in range(6)]
    answers = together(*(partial(tmk.post, "/student-swaps", wish) for wish in wishes))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 5


def test_TM_4_TM_5_asked_beforehand_change_nothing(company: Desk) -> None:
    _, learner, seat = booked(company)
    tmk, lp, other = company.caller("tmk"), company.caller("lp"), company.learner(credit=1)
    told = tmk.post("/fake-cancellations?dry_run=true", {"seat": seat})
    assert (told.status_code, told.json()["state"]) == (200, "vacant")
    swap = {"seat": seat, "learner": id_of(other)}
    told = tmk.post("/student-swaps?dry_run=true", swap)
    assert (told.status_code, told.json()["left"]["refunded"]["amount"]) == (200, 1)
    assert done(lp.get(f"/lessons/{seat}"))["state"] == "live"
    assert (balances(lp, learner), balances(lp, other)) == ({}, {"credit": 1})


def test_TM_4_TM_5_CC_4_and_CC_5_are_not_for_others(company: Desk, other_company: Desk) -> None:
    emma, _, seat = booked(company)
    swap = {"seat": seat, "learner": id_of(company.learner())}
    for path, body in (("/fake-cancellations", {"seat": seat}), ("/student-swaps", swap)):
        for channel in NOT_THEIRS:
            answer = company.caller(channel).post(path, body)
            assert refused(answer) == (403, "channel_may_not"), (channel, path)
        abroad = other_company.caller("tmk")
        theirs = {**body, "learner": id_of(other_company.learner())} if "learner" in body else body
        assert refused(abroad.post(path, theirs)) == (404, "lesson_not_found")
    assert done(company.caller("lp").get(f"/lessons/{seat}"))["state"] == "live"
    [slot] = slots_of(company.caller("lp"), emma, START)
    assert (slot["starts_at"], slot["state"]) == (show_instant(START), "booked")
