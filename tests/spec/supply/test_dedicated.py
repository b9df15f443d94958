"""Dedicated teachers: a learner's own teacher, booked before others, for many learners at once."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.served import (
    Caller,
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
from tests.spec.supply.weeks import at, monday
from yueke.inventory import commands as inventory
from yueke.kernel.grid import show_instant
from yueke.people.models import Learner, Teacher
from yueke.supply.dedicated import priority

NEXT = monday()
START = at(NEXT, 2, "19:00")
NOT_H5 = ("parents-pc", "teachers", "cc", "tmk", "fireman", "supply", "curriculum", "marketing")
NOT_LP = ("parents-h5", "parents-pc", "teachers", "cc", "tmk", "fireman", "supply", "curriculum")


def choosing(learner: Learner, teacher: Teacher, **more: Any) -> dict[str, Any]:
    """Return what chooses a learner's own teacher."""
    return {"learner": id_of(learner), "product": "major", "teacher": id_of(teacher), **more}


def chosen(company: Desk, *opens: datetime, name: str = "Emma") -> tuple[Teacher, Learner, Caller]:
    """Have a family on the phone choose their own teacher, who has some time open."""
    emma, learner = company.teacher(*opens, name=name), company.learner(credit=3)
    parents = company.parents(learner)
    done(parents.post("/dedicated-teachers", choosing(learner, emma)))
    return emma, learner, parents


def wish(learner: Learner, start: datetime = START) -> dict[str, Any]:
    """Return what books a learner's own teacher."""
    return {"learner": id_of(learner), "product": "major", "starts_at": show_instant(start)}


def kept(company: Desk, *, now: datetime | None = None) -> int:
    """Let the timer keep next week's time of dedicated teachers."""
    market_id = company.company.market_id
    return priority.keep_week(market_id=market_id, week=NEXT, now=now or datetime.now(UTC))


def finish_one(company: Desk, learner: Learner) -> None:
    """Have a learner finish a lesson that began just now."""
    _, seat = booked_before(company, learner, begun())
    done(company.caller("fireman").post("/finishes", {"seat": seat}))


def test_H5_9_parents_choose_a_dedicated_teacher_see_their_time_and_book(company: Desk) -> None:
    emma, learner = company.teacher(START), company.learner(credit=3)
    parents = company.parents(learner)
    body = choosing(learner, emma, times=[{"weekday": 2, "at": "19:00"}])
    assert done(parents.post("/dedicated-teachers", body))["times"] == body["times"]
    [mine] = done(parents.get("/dedicated-teachers"))["dedicated"]
    assert (mine["teacher"], mine["teacher_name"]) == (id_of(emma), "Emma")
    when = {"from_": show_instant(START), "to": show_instant(START + timedelta(hours=1))}
    query = {"learner": id_of(learner), "product": "major", **when}
    [free] = done(parents.get("/teachers", **query))["teachers"]
    assert (free["id"], free["free_at"]) == (id_of(emma), [show_instant(START)])
    done(parents.post("/bookings", booking(learner, emma, START)))


def test_H5_9_another_teacher_takes_the_place_of_the_one_before(company: Desk) -> None:
    _emma, learner, parents = chosen(company)
    tom = company.teacher(name="Tom")
    done(parents.post("/dedicated-teachers", choosing(learner, tom)))
    [mine] = done(parents.get("/dedicated-teachers"))["dedicated"]
    assert mine["teacher"] == id_of(tom)
    over = {"learner": id_of(learner), "product": "major"}
    assert done(parents.post("/dedicated-teacher-ends", over))["ended_at"]
    assert done(parents.get("/dedicated-teachers"))["dedicated"] == []
    assert refused(parents.post("/dedicated-teacher-ends", over)) == (409, "no_dedicated_teacher")


def test_H5_9_refuses_who_cannot_be_and_tells_nothing_of_others(company: Desk) -> None:
    emma, learner, parents = chosen(company)
    stranger = company.learner(name="王小明")
    tom = company.teacher(name="Tom", skills=["special:3"])
    wrong: list[tuple[dict[str, Any], tuple[int, str]]] = [
        (choosing(learner, tom), (409, "teacher_does_not_teach")),
        (choosing(stranger, emma), (404, "learner_not_found")),
        ({**choosing(learner, emma), "product": "nothing"}, (422, "product_unknown")),
        (
            choosing(learner, emma, times=[{"weekday": 1, "at": "19:15"}]),
            (422, "weekly_time_invalid"),
        ),
    ]
    for body, refusal in wrong:
        assert refused(parents.post("/dedicated-teachers", body)) == refusal
    others = company.parents(stranger)
    assert done(others.get("/dedicated-teachers"))["dedicated"] == []
    of_emma = company.caller("teachers", teacher=emma)
    assert len(done(of_emma.get("/dedicated-teachers"))["dedicated"]) == 1
    assert (
        done(company.caller("teachers", teacher=tom).get("/dedicated-teachers"))["dedicated"] == []
    )


def test_SD_3_time_of_a_dedicated_teacher_is_first_their_learners(company: Desk) -> None:
    emma, _learner, _ = chosen(company, START, ahead(hours=2))
    other = company.learner(credit=1, name="王小明")
    tom = company.teacher(START, name="Tom")
    assert kept(company) == 1
    lp = company.caller("lp")
    assert refused(lp.post("/bookings", booking(other, emma, START))) == (409, "slot_targeted")
    # A teacher who is nobody's own is anyone's as before, and so is what lies before next week.
    done(lp.post("/bookings", booking(other, tom, START)))
    assert kept(company) == 0


def test_H5_10_books_the_dedicated_teachers_time_before_others_can(company: Desk) -> None:
    emma, learner, parents = chosen(company, START)
    kept(company)
    booked = done(parents.post("/priority-bookings", wish(learner)))
    assert (booked["teacher"], booked["state"]) == (id_of(emma), "booked")
    assert balances(company.caller("lp"), learner) == {"credit": 2}
    # Once cancelled it is anyone's, as it was before it was kept.
    done(parents.post("/cancellations", {"seat": booked["seat"]}))
    [slot] = slots_of(company.caller("lp"), emma, START)
    assert (slot["state"], slot["target_kind"]) == ("open", None)


def test_H5_10_is_for_learners_of_the_dedicated_teacher(company: Desk) -> None:
    emma, learner, _ = chosen(company, START)
    kept(company)
    other = company.learner(credit=1, name="王小明")
    theirs = company.parents(other)
    assert refused(theirs.post("/priority-bookings", wish(other))) == (409, "no_dedicated_teacher")
    assert refused(theirs.post("/priority-bookings", wish(learner))) == (404, "learner_not_found")
    for channel in NOT_H5:
        answer = company.caller(channel).post("/priority-bookings", wish(learner))
        assert refused(answer) == (403, "channel_may_not")
    [slot] = slots_of(company.caller("lp"), emma, START)
    assert slot["state"] == "open"


def test_H5_10_asked_beforehand_books_nothing(company: Desk) -> None:
    emma, learner, parents = chosen(company, START)
    kept(company)
    told = parents.post("/priority-bookings?dry_run=true", wish(learner))
    assert (told.status_code, told.json()["teacher"]) == (200, id_of(emma))
    assert balances(company.caller("lp"), learner) == {"credit": 3}


def test_SD_3_priority_is_over_in_time_and_the_time_stays(company: Desk) -> None:
    emma, _, _ = chosen(company, START)
    long_ago = datetime.now(UTC) - timedelta(hours=49)
    kept(company, now=long_ago)
    inventory.expire_reservations(now=datetime.now(UTC))
    [slot] = slots_of(company.caller("lp"), emma, START)
    assert (slot["state"], slot["target_kind"]) == ("open", None)
    other = company.learner(credit=1, name="王小明")
    done(company.caller("lp").post("/bookings", booking(other, emma, START)))


def test_H5_10_two_learners_of_one_teacher_at_once_are_one(company: Desk) -> None:
    emma, learner, parents = chosen(company, START)
    other = company.learner(credit=1, name="王小明")
    theirs = company.parents(other)
    done(theirs.post("/dedicated-teachers", choosing(other, emma)))
    kept(company)
    answers = together(
        lambda: parents.post("/priority-bookings", wish(learner)),
        lambda: theirs.post("/priority-bookings", wish(other)),
    )
    assert sorted(one.status_code for one in answers) == [201, 409]


def test_LP_7_SD_4_books_each_of_a_list_or_asks_the_teacher(company: Desk) -> None:
    emma, ready, _ = chosen(company, START)
    tom, waits, _ = chosen(company, name="Tom")
    ann, lazy, _ = chosen(company, START, name="Ann")
    nobodys = company.learner(name="没有老师")
    for learner in (ready, waits, nobodys):
        finish_one(company, learner)
    kept(company)
    lp = company.caller("lp")
    body = {
        "product": "major",
        "learners": [
            {"learner": id_of(one), "starts_at": show_instant(START)}
            for one in (ready, waits, lazy, nobodys)
        ],
    }
    first, second, third, fourth = done(lp.post("/assured-bookings", body))["results"]
    assert (first["outcome"], first["teacher"]) == ("booked", id_of(emma))
    assert (second["outcome"], second["seat"]) == ("asked", None)
    assert (third["code"], third["learner"]) == ("no_finished_lesson", id_of(lazy))
    assert (fourth["code"], fourth["learner"]) == ("no_dedicated_teacher", id_of(nobodys))
    [request] = done(company.caller("teachers", teacher=tom).get("/lesson-requests"))["requests"]
    assert (request["request"], request["learner"]) == (second["request"], id_of(waits))
    [still] = slots_of(lp, ann, START)
    assert still["state"] == "open"


def test_SD_4_asked_beforehand_nothing_happens(company: Desk) -> None:
    emma, learner, _ = chosen(company, START)
    finish_one(company, learner)
    lp = company.caller("lp")
    body = {
        "product": "major",
        "learners": [{"learner": id_of(learner), "starts_at": show_instant(START)}],
    }
    told = lp.post("/assured-bookings?dry_run=true", body)
    assert [one["outcome"] for one in told.json()["results"]] == ["booked"]
    [slot] = slots_of(lp, emma, START)
    assert slot["state"] == "open"


def test_LP_7_is_for_learning_partners(company: Desk) -> None:
    emma, learner, _ = chosen(company, START)
    finish_one(company, learner)
    body = {
        "product": "major",
        "learners": [{"learner": id_of(learner), "starts_at": show_instant(START)}],
    }
    for channel in NOT_LP:
        assert refused(company.caller(channel).post("/assured-bookings", body)) == (
            403,
            "channel_may_not",
        )
    [slot] = slots_of(company.caller("lp"), emma, START)
    assert slot["state"] == "open"


@pytest.mark.parametrize("channel", NOT_H5)
def test_H5_9_is_for_parents_on_the_phone_and_learning_partners(
    company: Desk, channel: str
) -> None:
    emma, learner = company.teacher(), company.learner()
    answer = company.caller(channel).post("/dedicated-teachers", choosing(learner, emma))
    assert refused(answer) == (403, "channel_may_not")
