"""Monday's runs of dedicated teachers, and what they missed caught up on by hand."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.served import (
    Caller,
    Desk,
    balances,
    booking,
    done,
    id_of,
    refused,
    slots_of,
    together,
)
from tests.spec.supply.weeks import at, monday
from tests.spec.upstreams.offering import add_product
from yueke.kernel.grid import HALF_HOUR, show_instant
from yueke.people.models import Learner, Teacher
from yueke.supply.dedicated import weekly
from yueke.supply.runs.models import WeeklyRow, WeeklyRun

THIS, NEXT = monday(weeks=1), monday(weeks=2)
START = at(NEXT, 1, "19:00")
NOT_LP = ("parents-h5", "teachers", "cc", "tmk", "fireman", "supply", "curriculum", "marketing")


def at_clock(weekday: int, clock: str) -> Callable[[], datetime]:
    """Return a clock that stands at a moment of the week before the one that is booked."""
    return lambda: at(THIS, weekday, clock)


def chosen(
    company: Desk, *opens: datetime, product: str = "major", name: str = "Emma", credit: int = 3
) -> tuple[Teacher, Learner]:
    """Have a learner's own teacher chosen, with Tuesday 19:00 as their time."""
    emma, learner = company.teacher(*opens, name=name), company.learner(credit=credit)
    body = {
        "learner": id_of(learner),
        "product": product,
        "teacher": id_of(emma),
        "times": [{"weekday": 1, "at": "19:00"}],
    }
    done(company.caller("lp").post("/dedicated-teachers", body))
    return emma, learner


def lessons_of(lp: Caller, learner: Learner) -> list[tuple[str, str]]:
    """Return teacher and time of a learner's lessons."""
    found = done(lp.get("/lessons", learner=id_of(learner), state="live"))["lessons"]
    return [(lesson["teacher"], lesson["starts_at"]) for lesson in found]


def test_SD_1_the_weekly_run_books_dedicated_teachers_from_monday_eight_oclock(
    company: Desk,
) -> None:
    emma, learner = chosen(company, START)
    lp = company.caller("lp")
    weekly.run_due(now=at_clock(0, "07:59"))
    assert lessons_of(lp, learner) == []
    weekly.run_due(now=at_clock(0, "08:00"))
    assert lessons_of(lp, learner) == [(id_of(emma), show_instant(START))]
    assert balances(lp, learner) == {"credit": 2}
    # Run again, by whichever worker, nothing is booked twice.
    weekly.run_due(now=at_clock(0, "08:01"))
    assert balances(lp, learner) == {"credit": 2}
    run = WeeklyRun.objects.get(kind="dedicated")
    assert (run.week, run.state) == (NEXT, "finished")


def test_SD_2_level_7_is_booked_in_mondays_small_hours(company: Desk) -> None:
    emma, learner = chosen(company, START, START + HALF_HOUR, product="level7")
    lp = company.caller("lp")
    weekly.run_due(now=at_clock(0, "00:00"))
    assert lessons_of(lp, learner) == [(id_of(emma), show_instant(START))]


def test_SD_3_the_time_is_kept_before_it_is_booked(company: Desk) -> None:
    emma, _ = chosen(company, START, at(NEXT, 2, "20:00"))
    weekly.run_due(now=at_clock(0, "00:00"))
    slots = slots_of(company.caller("lp"), emma, at(NEXT, 0, "00:00"))
    assert [slot["target_kind"] for slot in slots] == ["priority", "priority"]


def test_SD_1_what_is_booked_by_hand_is_not_booked_again(company: Desk) -> None:
    emma, learner = chosen(company, START)
    lp = company.caller("lp")
    done(lp.post("/bookings", booking(learner, emma, START)))
    weekly.run_due(now=at_clock(0, "08:00"))
    assert len(lessons_of(lp, learner)) == 1
    assert WeeklyRow.objects.count() == 0


def test_SD_1_a_run_that_was_missed_is_caught_up(company: Desk) -> None:
    emma, learner = chosen(company, START)
    weekly.run_due(now=at_clock(3, "15:00"))
    assert lessons_of(company.caller("lp"), learner) == [(id_of(emma), show_instant(START))]


def test_SD_1_tells_what_it_missed_and_SD_5_LP_10_catch_it_up(company: Desk) -> None:
    _, learner = chosen(company)
    lp = company.caller("lp")
    weekly.run_due(now=at_clock(0, "08:00"))
    [row] = WeeklyRow.objects.all()
    assert row.state == "missed"
    [lost] = done(lp.get("/lost-lessons", learner=id_of(learner)))["lost"]
    assert (lost["starts_at"], lost["free"]) == (show_instant(START), False)
    tom = company.teacher(START + timedelta(hours=1), name="Tom")
    body = {
        "lost": lost["lost"],
        "teacher": id_of(tom),
        "starts_at": show_instant(START + timedelta(hours=1)),
    }
    caught = done(lp.post("/catch-ups", body))
    assert (caught["teacher"], caught["free"]) == (id_of(tom), False)
    assert balances(lp, learner) == {"credit": 2}
    assert done(lp.get("/lost-lessons", learner=id_of(learner)))["lost"] == []
    again = lp.post("/catch-ups", {**body, "reason": "again"})
    assert refused(again) == (409, "caught_up_already")
    kinds = [event["kind"] for event in done(lp.get("/events", seat=caught["seat"]))["events"]]
    assert kinds == ["lesson.booked", "lesson.caught_up"]


def late_cancelled(company: Desk) -> tuple[Learner, str]:
    """Have a learner cancel too late, so that the credit stays spent; return the seat."""
    soon = datetime.now(START.tzinfo).replace(minute=0, second=0, microsecond=0)
    start = soon + timedelta(hours=3)
    emma, learner = company.teacher(start, name="Ann"), company.learner(credit=2)
    seat = done(company.caller("lp").post("/bookings", booking(learner, emma, start)))["seat"]
    done(company.parents(learner).post("/cancellations", {"seat": seat}))
    return learner, str(seat)


def test_SD_5_is_free_only_where_the_lost_seat_was_charged_and_not_refunded(company: Desk) -> None:
    learner, seat = late_cancelled(company)
    lp, tom = company.caller("lp"), company.teacher(START, name="Tom")
    assert balances(lp, learner) == {"credit": 1}
    [lost] = done(lp.get("/lost-lessons", learner=id_of(learner)))["lost"]
    assert (lost["lost"]["seat"], lost["free"]) == (seat, True)
    body = {"lost": {"seat": seat}, "teacher": id_of(tom), "starts_at": show_instant(START)}
    caught = done(lp.post("/catch-ups", body))
    assert caught["free"] is True
    assert balances(lp, learner) == {"credit": 1}
    lesson = done(lp.get(f"/lessons/{caught['seat']}"))
    assert lesson["paid"] == {"asset": "credit", "amount": 0}


def test_LP_10_refuses_what_was_not_lost(company: Desk) -> None:
    emma, learner = company.teacher(START), company.learner(credit=3)
    lp, tom = company.caller("lp"), company.teacher(START, name="Tom")
    seat = done(lp.post("/bookings", booking(learner, emma, START)))["seat"]
    body: dict[str, Any] = {"teacher": id_of(tom), "starts_at": show_instant(START)}
    for lost, refusal in (
        ({"seat": seat}, (409, "nothing_lost")),
        ({}, (422, "body_invalid")),
        ({"contract": "ctr_0000000000000000", "week": "2026-03-09"}, (409, "nothing_lost")),
    ):
        assert refused(lp.post("/catch-ups", {**body, "lost": lost})) == refusal
    assert balances(lp, learner) == {"credit": 2}


def test_LP_10_two_at_once_are_one(company: Desk) -> None:
    learner, seat = late_cancelled(company)
    lp = company.caller("lp")
    teachers = [company.teacher(START + timedelta(hours=n), name=f"T{n}") for n in range(3)]
    bodies = [
        {
            "lost": {"seat": seat},
            "teacher": id_of(one),
            "starts_at": show_instant(START + timedelta(hours=n)),
        }
        for n, one in enumerate(teachers)
    ]
    answers = together(*[lambda b=body: lp.post("/catch-ups", b) for body in bodies])
    assert sorted(one.status_code for one in answers) == [201, 409, 409]
    assert len(lessons_of(lp, learner)) == 1


def test_SD_5_catches_up_on_a_dual_lesson_that_came_back(company: Desk) -> None:
    add_product(company, "allround", {"credit": 2})
    skills = ["allround:3"]
    lin = company.teacher(name="林", skills=skills, tags=["chinese"])
    emma = company.teacher(skills=skills, tags=["native"])
    learner = company.learner(credit=4, studies=["allround"])
    lp = company.caller("lp")
    body = {
        "learner": id_of(learner),
        "product": "allround",
        "first_week": THIS.isoformat(),
        "chinese": {"teacher": id_of(lin), "weekday": 1, "at": "19:00"},
        "foreign": {"teacher": id_of(emma), "weekday": 3, "at": "19:30"},
    }
    done(lp.post("/contracts", body))
    lost = done(lp.get("/lost-lessons", learner=id_of(learner)))["lost"]
    assert len(lost) == 2
    company.lot(learner, asset="credit", amount=2)
    later = START + timedelta(hours=1)
    tom = company.teacher(later, name="Tom", skills=skills)
    caught = lp.post(
        "/catch-ups",
        {"lost": lost[0]["lost"], "teacher": id_of(tom), "starts_at": show_instant(later)},
    )
    assert done(caught)["product"] == "allround"


@pytest.mark.parametrize("channel", NOT_LP)
def test_LP_10_is_for_learning_partners(company: Desk, channel: str) -> None:
    learner, seat = late_cancelled(company)
    tom = company.teacher(START, name="Tom")
    body = {"lost": {"seat": seat}, "teacher": id_of(tom), "starts_at": show_instant(START)}
    assert refused(company.caller(channel).post("/catch-ups", body)) == (403, "channel_may_not")
    assert lessons_of(company.caller("lp"), learner) == []
