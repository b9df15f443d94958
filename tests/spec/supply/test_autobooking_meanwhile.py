"""What people do while a weekly run has planned its lessons and not booked them yet."""

from datetime import UTC, datetime

from tests import asking
from tests.served import Desk, balances, booking, done, id_of, written
from tests.spec.supply.run_week import TIMER, at, last_run, rows_of, run, store
from tests.spec.supply.weeks import ZONE
from yueke.inventory import commands as inventory
from yueke.people.models import Teacher
from yueke.supply.autobooking import weekly
from yueke.supply.runs.weeks import next_week

EVENING, TUESDAY, FRIDAY = (0, "19:00"), (1, "19:00"), (4, "19:00")


def plan(company: Desk) -> None:
    """Let the timer plan the week, and no more."""
    week = next_week(now=TIMER, zone=str(ZONE))
    started = weekly.start(market_id=company.company.market_id, week=week, now=TIMER)
    weekly.plan(started, now=TIMER)


def withdraw(teacher: Teacher, *times: tuple[int, str]) -> None:
    """Have a teacher take half-hours back."""
    request = asking.request(actor=asking.teacher_of(teacher=teacher), now=datetime.now(UTC))
    starts = [at(*time) for time in times]
    asking.done(inventory.withdraw_slots(request, teacher_id=teacher.pk, starts=starts))


def test_SD_10_a_time_that_people_took_meanwhile_is_replaced_at_once(company: Desk) -> None:
    lp, learner, other = company.caller("lp"), company.learner(), company.learner(name="乙")
    emma = company.teacher(at(*EVENING), rating=500)
    ben = company.teacher(at(1, "20:00"), name="Ben")
    store(company, learner, EVENING, (1, "20:00"), teachers=(emma,))
    plan(company)
    [row] = rows_of(lp)
    assert (row["state"], row["teacher"]) == ("waiting", id_of(emma))
    done(lp.post("/bookings", booking(other, emma, at(*EVENING))))
    [row] = run(company)
    assert (row["state"], row["teacher"], row["why"]) == (
        *("booked", id_of(ben)),
        {"teacher": "instead"},
    )
    assert [row["starts_at"]] == written(at(1, "20:00"))


def test_SD_10_what_people_took_and_nothing_replaces_is_missed_with_the_refusal(
    company: Desk,
) -> None:
    lp, learner, other = company.caller("lp"), company.learner(), company.learner(name="乙")
    emma = company.teacher(at(*EVENING))
    store(company, learner, EVENING)
    plan(company)
    done(lp.post("/bookings", booking(other, emma, at(*EVENING))))
    [row] = run(company)
    assert (row["state"], row["why"]["reason"]) == ("missed", "refused")
    assert row["why"]["refused"] == "slot_already_taken"
    assert last_run(lp)["state"] == "finished"


def test_SD_10_who_was_booked_by_hand_meanwhile_gets_no_lesson_too_many(company: Desk) -> None:
    lp, learner = company.caller("lp"), company.learner()
    company.teacher(at(*EVENING))
    ben = company.teacher(at(*FRIDAY), name="Ben")
    store(company, learner, EVENING, (1, "20:00"))
    plan(company)
    assert [row["starts_at"] for row in rows_of(lp)] == written(at(*EVENING))
    done(lp.post("/bookings", booking(learner, ben, at(*FRIDAY))))
    [row] = run(company)
    assert (row["state"], row["why"]) == ("missed", {"reason": "has_enough"})
    assert balances(lp, learner) == {"credit": 9}
    helped = done(lp.get(f"/auto-runs/{last_run(lp)['run']}/rows/{row['place']}"))
    assert (helped["alternatives"], helped["taken"]) == ([], [])


def test_SD_10_of_several_lessons_only_those_beyond_the_rule_are_left_out(company: Desk) -> None:
    lp, learner = company.caller("lp"), company.learner()
    company.teacher(at(*EVENING), at(*TUESDAY))
    ben = company.teacher(at(*FRIDAY), name="Ben")
    store(company, learner, EVENING, TUESDAY, lessons=2)
    plan(company)
    done(lp.post("/bookings", booking(learner, ben, at(*FRIDAY))))
    assert sorted(row["state"] for row in run(company)) == ["booked", "missed"]
    assert balances(lp, learner) == {"credit": 8}


def test_SD_10_who_lost_planned_times_meanwhile_has_as_many_lessons_as_the_rule_asks_for(
    company: Desk,
) -> None:
    lp, learner = company.caller("lp"), company.learner()
    emma = company.teacher(at(*EVENING), at(*TUESDAY))
    store(company, learner, EVENING, TUESDAY, (2, "19:00"), (3, "19:00"), lessons=2)
    plan(company)
    ben = company.teacher(at(2, "19:00"), at(3, "19:00"), at(*FRIDAY), name="Ben")
    done(lp.post("/bookings", booking(learner, ben, at(*FRIDAY))))
    withdraw(emma, EVENING, TUESDAY)
    rows = run(company)
    assert sorted(row["state"] for row in rows) == ["booked", "missed"]
    [found] = [row for row in rows if row["state"] == "booked"]
    assert (found["teacher"], found["why"]) == (id_of(ben), {"teacher": "instead"})
    assert balances(lp, learner) == {"credit": 8}
