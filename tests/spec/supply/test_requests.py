"""Lesson requests: a teacher is asked for a time that is not open, and accepts or rejects it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.served import (
    Caller,
    Desk,
    ahead,
    balances,
    booking,
    done,
    id_of,
    refused,
    slots_of,
    together,
)
from yueke.people.models import Learner, Teacher
from yueke.supply.requests import commands

START, SOON = ahead(hours=72), ahead(hours=5)
NOT_LP = ("parents-pc", "parents-h5", "teachers", "cc", "tmk", "fireman", "supply", "curriculum")
NOT_TEACHERS = ("parents-pc", "parents-h5", "lp", "cc", "tmk", "fireman", "supply", "curriculum")


def asked(company: Desk, start: datetime = START) -> tuple[Teacher, Learner, str]:
    """Have a learning partner ask a teacher for a time; return whom, for whom, and the request."""
    emma, learner = company.teacher(), company.learner(credit=2)
    body = {**booking(learner, emma, start), "reason": "妈妈只有这个时间 🙏"}
    made = done(company.caller("lp").post("/lesson-requests", body))
    assert (made["state"], made["seat"]) == ("waiting", None)
    return emma, learner, str(made["request"])


def answered(company: Desk, emma: Teacher, request: str, **more: Any) -> dict[str, Any]:
    """Have the teacher accept."""
    herself = company.caller("teachers", teacher=emma)
    return done(herself.post("/request-acceptances", {"request": request, **more}))


def test_LP_6_asks_a_teacher_for_a_time_that_is_not_open(company: Desk) -> None:
    emma, learner, request = asked(company)
    herself = company.caller("teachers", teacher=emma)
    [waits] = done(herself.get("/lesson-requests", state="waiting"))["requests"]
    assert (waits["request"], waits["learner"]) == (request, id_of(learner))
    assert waits["reason"] == "妈妈只有这个时间 🙏"
    # Nothing is opened, booked or paid by asking.
    assert slots_of(herself, emma, START) == []
    assert balances(company.caller("lp"), learner) == {"credit": 2}


def test_LP_6_refuses_what_the_teacher_could_not_accept(company: Desk) -> None:
    emma, learner, lp = company.teacher(START), company.learner(credit=2), company.caller("lp")
    assert refused(lp.post("/lesson-requests", booking(learner, emma, START))) == (
        409,
        "time_is_open",
    )
    done(lp.post("/bookings", booking(learner, emma, START)))
    other = company.learner(credit=1, name="王小明")
    beginner = company.learner(name="小李", studies=["major"])
    wrong: list[tuple[Any, tuple[int, str]]] = [
        (booking(other, emma, START), (409, "slot_already_taken")),
        (booking(learner, company.teacher(name="Tom"), START), (409, "learner_busy")),
        (booking(other, emma, START + timedelta(minutes=7)), (422, "time_off_grid")),
        (booking(other, emma, ahead(hours=-1)), (422, "time_in_past")),
        (booking(beginner, emma, SOON, "special"), (409, "course_not_open")),
        (
            booking(other, company.teacher(name="Li", skills=[]), SOON),
            (409, "teacher_does_not_teach"),
        ),
    ]
    for body, refusal in wrong:
        assert refused(lp.post("/lesson-requests", body)) == refusal
    done(lp.post("/lesson-requests", booking(other, emma, SOON)))
    twice = lp.post("/lesson-requests", booking(other, emma, SOON))
    assert refused(twice) == (409, "request_waits_already")


def test_LP_6_takes_a_request_back(company: Desk) -> None:
    emma, _, request = asked(company)
    lp = company.caller("lp")
    assert done(lp.post("/request-withdrawals", {"request": request}))["state"] == "withdrawn"
    herself = company.caller("teachers", teacher=emma)
    late = herself.post("/request-acceptances", {"request": request})
    assert refused(late) == (409, "request_not_waiting")


def test_LP_6_is_for_learning_partners(company: Desk) -> None:
    emma, learner, request = asked(company)
    for channel in NOT_LP:
        caller = company.caller(channel)
        one = caller.post("/lesson-requests", booking(learner, emma, SOON))
        assert refused(one) == (403, "channel_may_not")
        back = caller.post("/request-withdrawals", {"request": request})
        assert refused(back) == (403, "channel_may_not")
    [still] = done(company.caller("lp").get("/lesson-requests"))["requests"]
    assert still["state"] == "waiting"


def test_T_3_accepting_creates_the_slot_and_books_it_at_once(company: Desk) -> None:
    emma, learner, request = asked(company)
    accepted = answered(company, emma, request)
    assert (accepted["state"], accepted["paid"]) == ("accepted", {"asset": "credit", "amount": 1})
    lp = company.caller("lp")
    lesson = done(lp.get(f"/lessons/{accepted['seat']}"))
    assert (lesson["state"], lesson["teacher"]) == ("live", id_of(emma))
    assert balances(lp, learner) == {"credit": 1}
    [slot] = slots_of(lp, emma, START)
    assert slot["state"] == "booked"
    events = done(lp.get("/events", seat=accepted["seat"]))["events"]
    assert [(e["kind"], e["channel"]) for e in events] == [("lesson.booked", "teachers")]


@pytest.mark.parametrize("keep", [True, False])
def test_T_3_the_tick_keeps_the_time_when_the_learner_cancels_a_day_ahead(
    company: Desk, keep: bool
) -> None:
    emma, learner, request = asked(company)
    seat = answered(company, emma, request, keep=keep)["seat"]
    parents = company.parents(learner)
    done(parents.post("/cancellations", {"seat": seat}))
    left = slots_of(company.caller("lp"), emma, START)
    assert [(s["state"], s["target_kind"]) for s in left] == ([("open", None)] if keep else [])
    # What was kept is anyone's.
    other = company.learner(credit=1, name="王小明")
    booked = company.caller("lp").post("/bookings", booking(other, emma, START))
    assert booked.status_code == (201 if keep else 409)


def test_T_3_inside_a_day_the_time_goes_though_ticked(company: Desk) -> None:
    emma, learner, request = asked(company, SOON)
    seat = answered(company, emma, request, keep=True)["seat"]
    done(company.parents(learner).post("/cancellations", {"seat": seat}))
    assert slots_of(company.caller("lp"), emma, SOON) == []


def test_T_3_keeping_the_time_is_also_a_command_of_its_own(company: Desk) -> None:
    emma, learner, request = asked(company)
    herself = company.caller("teachers", teacher=emma)
    early = herself.post("/request-keeps", {"request": request, "keep": True})
    assert refused(early) == (409, "request_not_accepted")
    seat = answered(company, emma, request)["seat"]
    kept = done(herself.post("/request-keeps", {"request": request, "keep": True}))
    assert kept["keep"] is True
    done(company.parents(learner).post("/cancellations", {"seat": seat}))
    [slot] = slots_of(herself, emma, START)
    assert (slot["state"], slot["target_kind"]) == ("open", None)


def test_T_3_what_cannot_be_booked_any_more_leaves_the_request_waiting(company: Desk) -> None:
    emma, learner, request = asked(company)
    lp, tom = company.caller("lp"), company.teacher(START, name="Tom")
    done(lp.post("/bookings", booking(learner, tom, START)))
    herself = company.caller("teachers", teacher=emma)
    assert refused(herself.post("/request-acceptances", {"request": request})) == (
        409,
        "learner_busy",
    )
    [still] = done(lp.get("/lesson-requests"))["requests"]
    assert still["state"] == "waiting"
    assert slots_of(lp, emma, START) == []


def test_T_3_asked_beforehand_nothing_happens(company: Desk) -> None:
    emma, learner, request = asked(company)
    herself = company.caller("teachers", teacher=emma)
    told = herself.post("/request-acceptances?dry_run=true", {"request": request})
    assert (told.status_code, told.json()["state"]) == (200, "accepted")
    assert slots_of(herself, emma, START) == []
    assert balances(company.caller("lp"), learner) == {"credit": 2}


def test_T_3_two_answers_at_once_are_one(company: Desk) -> None:
    emma, learner, request = asked(company)
    herself = company.caller("teachers", teacher=emma)
    answers = together(
        *[lambda: herself.post("/request-acceptances", {"request": request})] * 4,
        *[lambda: herself.post("/request-rejections", {"request": request})] * 2,
    )
    assert [one.status_code for one in answers].count(201) == 1
    assert {refused(one)[1] for one in answers if one.status_code != 201} == {"request_not_waiting"}
    [won] = [one.json() for one in answers if one.status_code == 201]
    spent = won["state"] == "accepted"
    assert balances(company.caller("lp"), learner) == {"credit": 1 if spent else 2}


def test_T_4_rejecting_opens_and_books_nothing(company: Desk) -> None:
    emma, learner, request = asked(company)
    herself = company.caller("teachers", teacher=emma)
    no = done(herself.post("/request-rejections", {"request": request, "reason": "not free"}))
    assert (no["state"], no["seat"]) == ("rejected", None)
    assert slots_of(herself, emma, START) == []
    [told] = done(company.caller("lp").get("/lesson-requests"))["requests"]
    assert (told["state"], told["answer"]) == ("rejected", "not free")
    assert balances(company.caller("lp"), learner) == {"credit": 2}


@pytest.mark.parametrize("path", ["/request-acceptances", "/request-rejections"])
def test_T_3_T_4_are_for_the_teacher_who_was_asked(company: Desk, path: str) -> None:
    _, _, request = asked(company)
    for channel in NOT_TEACHERS:
        answer = company.caller(channel).post(path, {"request": request})
        assert refused(answer) == (403, "channel_may_not")
    other: Caller = company.caller("teachers", teacher=company.teacher(name="Tom"))
    assert refused(other.post(path, {"request": request})) == (404, "request_not_found")
    assert done(other.get("/lesson-requests"))["requests"] == []


def test_T_4_a_request_nobody_answers_is_over_in_time(company: Desk) -> None:
    emma, _, request = asked(company)
    assert commands.expire(now=datetime.now(UTC) + timedelta(hours=23)) == 0
    assert commands.expire(now=datetime.now(UTC) + timedelta(hours=25)) == 1
    [over] = done(company.caller("lp").get("/lesson-requests"))["requests"]
    assert (over["request"], over["state"]) == (request, "expired")
    herself = company.caller("teachers", teacher=emma)
    late = herself.post("/request-acceptances", {"request": request})
    assert refused(late) == (409, "request_not_waiting")


def test_LP_6_requests_of_another_market_are_not_there(company: Desk, other_company: Desk) -> None:
    _, _, request = asked(company)
    there = other_company.caller("lp")
    assert done(there.get("/lesson-requests"))["requests"] == []
    back = there.post("/request-withdrawals", {"request": request})
    assert refused(back) == (404, "request_not_found")
