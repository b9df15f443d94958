"""Overbooking: trials booked at a time without a teacher, and teachers held for them."""

from functools import partial
from typing import Any

import pytest

from tests.served import (
    Desk,
    ahead,
    booking,
    done,
    id_of,
    refused,
    slots_of,
    together,
)
from tests.spec.supply.trials import may_overbook, occupied, overbooking
from tests.spec.upstreams.offering import add_product
from yueke.curriculum.models import LearningProgress
from yueke.kernel.grid import show_instant

START = ahead(hours=72)
NOT_THEIRS = ("parents-pc", "teachers", "lp", "fireman", "supply", "curriculum", "marketing")


@pytest.fixture
def trials(company: Desk) -> Desk:
    """Return a company with trials, of which two may be overbooked at a time."""
    add_product(company, "trial", {"credit": 0})
    may_overbook(company, ceiling=2)
    return company


def room_at(company: Desk, channel: str = "cc") -> dict[str, Any]:
    """Return how much room there is at the half-hour."""
    when = {"from_": show_instant(START), "to": show_instant(ahead(hours=72.5))}
    [room] = done(company.caller(channel).get("/overbooking", **when))["half_hours"]
    return dict(room)


def test_H5_12_a_newly_registered_learner_books_a_trial(trials: Desk) -> None:
    learner = trials.learner(studies=[], credit=0)
    parents = trials.parents(learner)
    booked = done(parents.post("/overbookings", overbooking(learner, START)))
    assert (booked["teacher"], booked["product"]) == (None, "trial")
    [lesson] = done(parents.get("/lessons"))["lessons"]
    assert (lesson["state"], lesson["teacher"], lesson["level"]) == ("live", None, 3)
    again = parents.post("/overbookings", overbooking(learner, ahead(hours=80)))
    assert refused(again) == (409, "trial_limit_reached")


def test_H5_12_a_refused_trial_opens_no_course(trials: Desk) -> None:
    cc = trials.caller("cc")
    for _ in range(2):
        done(cc.post("/overbookings", overbooking(trials.learner(studies=["trial"]), START)))
    newcomer = trials.learner(studies=[], credit=0)
    body = overbooking(newcomer, START)
    assert refused(cc.post("/overbookings", body)) == (409, "overbook_full")
    rehearsed = cc.post("/overbookings?dry_run=true", overbooking(newcomer, ahead(hours=80)))
    assert rehearsed.status_code == 200
    assert done(cc.get("/events", learner=id_of(newcomer)))["events"] == []
    assert not LearningProgress.objects.filter(learner=newcomer).exists()
    done(cc.post("/overbookings", overbooking(newcomer, ahead(hours=80))))
    kinds = [one["kind"] for one in done(cc.get("/events", learner=id_of(newcomer)))["events"]]
    # The newest first.
    assert kinds == ["lesson.booked", "course.opened"]


@pytest.mark.parametrize("channel", ["tmk", "cc"])
def test_TM_4_CC_4_without_a_teacher_there_is_no_time_to_keep(trials: Desk, channel: str) -> None:
    caller, lp = trials.caller(channel), trials.caller("lp")
    seat = done(caller.post("/overbookings", overbooking(trials.learner(studies=["trial"]), START)))
    kept = caller.post("/fake-cancellations", {"seat": seat["seat"]})
    assert refused(kept) == (409, "lesson_has_no_teacher")
    assert room_at(trials)["taken"] == 1
    done(lp.post("/cancellations", {"seat": seat["seat"]}))
    assert room_at(trials)["taken"] == 0


def test_TM_5_CC_5_SD_6_who_takes_an_overbooked_place_takes_no_more_room(trials: Desk) -> None:
    cc, learners = trials.caller("cc"), [trials.learner(studies=["trial"]) for _ in range(3)]
    for learner in learners[:2]:
        seat = done(cc.post("/overbookings", overbooking(learner, START)))["seat"]
    swap = {"seat": seat, "learner": id_of(learners[2])}
    assert done(cc.post("/student-swaps", swap))["teacher"] is None
    room = room_at(trials)
    assert (room["taken"], room["ceiling"]) == (2, 2)


@pytest.mark.parametrize("channel", ["tmk", "cc"])
def test_TM_1_CC_1_SD_6_take_an_overbooking(trials: Desk, channel: str) -> None:
    learner = trials.learner(studies=["major", "trial"])
    caller = trials.caller(channel)
    booked = done(caller.post("/overbookings", overbooking(learner, START)))
    [event] = done(caller.get("/events", seat=booked["seat"]))["events"]
    assert (event["kind"], event["channel"]) == ("lesson.booked", channel)
    # The learner's time is taken, nobody else's is.
    lesson = booking(learner, trials.teacher(START), START)
    assert refused(trials.caller("lp").post("/bookings", lesson)) == (409, "learner_busy")


def test_SD_6_says_how_many_more_there_may_be_and_keeps_to_it(trials: Desk) -> None:
    cc = trials.caller("cc")
    assert (room_at(trials)["taken"], room_at(trials)["left"]) == (0, 2)
    seats = [
        done(cc.post("/overbookings", overbooking(trials.learner(studies=["trial"]), START)))[
            "seat"
        ]
        for _ in range(2)
    ]
    third = overbooking(trials.learner(studies=["trial"]), START)
    assert refused(cc.post("/overbookings", third)) == (409, "overbook_full")
    assert (room_at(trials)["taken"], room_at(trials)["left"]) == (2, 0)
    done(cc.post("/cancellations", {"seat": seats[0]}))
    done(cc.post("/overbookings", third))


def test_SD_6_the_ceiling_holds_however_many_ask_at_once(trials: Desk) -> None:
    may_overbook(trials, ceiling=5)
    cc = trials.caller("cc")
    asked = [overbooking(trials.learner(studies=["trial"]), START) for _ in range(20)]
    answers = together(*(partial(cc.post, "/overbookings", one) for one in asked))
    assert sorted(one.status_code for one in answers) == [201] * 5 + [409] * 15
    assert {refused(one)[1] for one in answers if one.status_code == 409} == {"overbook_full"}


def test_SD_7_holds_as_many_teachers_as_the_strategy_says(trials: Desk) -> None:
    may_overbook(trials, ceiling=4, ratio_percent=50, floor=0)
    cc = trials.caller("cc")
    best = trials.teacher(START, name="Best", rating=495, skills=["trial:3"])
    trials.teacher(START, name="Good", rating=480, skills=["trial:3"])
    trials.teacher(START, name="Other", rating=499, skills=["major:3"])
    for _ in range(2):
        done(cc.post("/overbookings", overbooking(trials.learner(studies=["trial"]), START)))
    assert (room_at(trials)["wanted"], room_at(trials)["held"]) == (1, 0)
    assert occupied(trials) == (1, 0)
    assert room_at(trials)["held"] == 1
    [slot] = slots_of(trials.caller("supply"), best, START)
    assert (slot["state"], slot["target_kind"]) == ("held", "product")
    # Run again, nothing is held twice.
    assert occupied(trials) == (0, 0)
    # Who is held is nobody's to book.
    learner = trials.learner()
    body = booking(learner, best, START, "trial")
    assert refused(cc.post("/bookings", body))[0] == 409


def test_SD_7_gives_teachers_back_when_fewer_are_needed(trials: Desk) -> None:
    cc = trials.caller("cc")
    emma = trials.teacher(START, skills=["trial:3"])
    asked = overbooking(trials.learner(studies=["trial"]), START)
    seat = done(cc.post("/overbookings", asked))["seat"]
    assert occupied(trials) == (1, 0)
    done(cc.post("/cancellations", {"seat": seat}))
    assert occupied(trials) == (0, 1)
    [slot] = slots_of(trials.caller("supply"), emma, START)
    assert (slot["state"], slot["target_kind"]) == ("open", None)


def test_SD_7_holds_the_floor_before_anybody_has_booked(trials: Desk) -> None:
    may_overbook(trials, ceiling=4, floor=1)
    trials.teacher(START, skills=["trial:3"])
    assert occupied(trials) == (1, 0)


def test_SD_7_of_two_who_change_the_same_strategy_at_once_one_is_told(trials: Desk) -> None:
    supply = trials.caller("supply")
    seen = done(supply.get("/overbook-strategies"))["mark"]
    asked = [
        {"weekday": day, "at": "18:00", "ratio_percent": 80, "floor": 0, "ceiling": 9}
        for day in range(4)
    ]
    answers = together(
        *(
            partial(
                supply.post,
                "/overbook-strategies",
                {"product": "trial", "steps": [step], "seen": seen},
            )
            for step in asked
        )
    )
    assert sorted(one.status_code for one in answers) == [201, 409, 409, 409]
    assert len(done(supply.get("/overbook-strategies"))["steps"]) == 1


def test_SD_7_those_booked_keep_their_teachers_where_no_more_may_be(trials: Desk) -> None:
    cc = trials.caller("cc")
    trials.teacher(START, skills=["trial:3"])
    done(cc.post("/overbookings", overbooking(trials.learner(studies=["trial"]), START)))
    may_overbook(trials, ceiling=0, ratio_percent=0)
    assert room_at(trials)["wanted"] == 1
    assert occupied(trials) == (1, 0)


def test_SD_7_the_strategy_is_by_half_hour_of_the_week_and_supplys(trials: Desk) -> None:
    supply = trials.caller("supply")
    steps = [
        {"weekday": 0, "at": "00:00", "ratio_percent": 80, "floor": 0, "ceiling": 0},
        {"weekday": 5, "at": "18:00", "ratio_percent": 80, "floor": 2, "ceiling": 9},
    ]
    done(supply.post("/overbook-strategies", {"product": "trial", "steps": steps}))
    assert done(trials.caller("cc").get("/overbook-strategies"))["steps"] == steps
    wrong = {"product": "trial", "steps": [{**steps[1], "floor": 10}]}
    assert refused(supply.post("/overbook-strategies", wrong)) == (422, "strategy_invalid")
    # Who changes what somebody else has changed meanwhile is told.
    mark = done(supply.get("/overbook-strategies"))["mark"]
    fewer = {"product": "trial", "steps": steps[:1], "seen": mark}
    done(supply.post("/overbook-strategies", fewer))
    late = supply.post("/overbook-strategies", {**fewer, "steps": steps})
    assert refused(late) == (409, "strategy_changed")
    assert done(supply.get("/overbook-strategies"))["steps"] == steps[:1]
    for channel in ("cc", "tmk", "fireman", "lp", "marketing", "teachers", "parents-h5"):
        answer = trials.caller(channel).post(
            "/overbook-strategies", {"product": "trial", "steps": steps}
        )
        assert refused(answer) == (403, "channel_may_not")


def test_SD_6_asked_beforehand_books_nothing(trials: Desk) -> None:
    learner = trials.learner(studies=[])
    told = trials.caller("cc").post("/overbookings?dry_run=true", overbooking(learner, START))
    assert (told.status_code, told.json()["teacher"]) == (200, None)
    assert room_at(trials)["taken"] == 0


@pytest.mark.parametrize("channel", NOT_THEIRS)
def test_TM_1_CC_1_H5_12_are_not_for_others(trials: Desk, channel: str) -> None:
    learner = trials.learner(studies=["trial"])
    answer = trials.caller(channel).post("/overbookings", overbooking(learner, START))
    assert refused(answer) == (403, "channel_may_not")
    assert room_at(trials)["taken"] == 0


def test_H5_12_is_for_ones_own_children(trials: Desk) -> None:
    learner, other = trials.learner(studies=[]), trials.learner(name="王小明", studies=[])
    answer = trials.parents(learner).post("/overbookings", overbooking(other, START))
    assert refused(answer) == (404, "learner_not_found")
    assert id_of(other)
