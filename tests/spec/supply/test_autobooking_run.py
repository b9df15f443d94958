"""The weekly run of auto-booking: what it books for whom, once, and what it tells."""

from datetime import timedelta

import pytest

from tests import asking, world
from tests.served import Desk, balances, booking, done, id_of, refused, written
from tests.spec.supply.run_week import TIMER, at, last_run, run, store
from tests.spec.supply.weeks import monday
from yueke.inventory.orders import Target
from yueke.kernel.grid import HALF_HOUR
from yueke.notices.models import Event

EVENING = (0, "19:00")


def test_SD_10_on_monday_three_past_twelve_next_week_is_booked(company: Desk) -> None:
    learner, supply = company.learner(credit=3), company.caller("supply")
    emma = company.teacher(at(*EVENING))
    store(company, learner, EVENING)
    early = TIMER - timedelta(minutes=1)
    with pytest.raises(IndexError):
        run(company, now=early)
    [row] = run(company)
    assert (row["state"], row["teacher"]) == ("booked", id_of(emma))
    assert [row["starts_at"]] == written(at(*EVENING))
    assert row["why"] == {"teacher": "only_free", "time": 1, "choices": 1}
    lesson = done(company.caller("lp").get(f"/lessons/{row['seat']}"))
    assert (lesson["state"], lesson["learner"]) == ("live", id_of(learner))
    assert balances(company.caller("lp"), learner) == {"credit": 2}
    event = done(company.caller("lp").get("/events", seat=row["seat"]))["events"][-1]
    assert (event["kind"], event["channel"], event["actor_kind"]) == (
        *("lesson.booked", "supply"),
        "job",
    )
    told = last_run(supply)
    assert (told["week"], told["state"]) == (monday().isoformat(), "finished")
    assert (told["booked"], told["missed"], told["waiting"]) == (1, 0, 0)


def test_SD_10_run_twice_it_books_once(company: Desk) -> None:
    learner = company.learner()
    company.teacher(at(*EVENING), at(1, "19:00"))
    store(company, learner, EVENING, (1, "19:00"))
    assert len(run(company)) == 1
    assert len(run(company, now=TIMER + timedelta(hours=1))) == 1
    assert balances(company.caller("lp"), learner) == {"credit": 9}


def test_SD_10_a_run_that_was_missed_is_caught_up_and_each_week_is_its_own(company: Desk) -> None:
    learner = company.learner()
    late = TIMER + timedelta(days=4)
    company.teacher(at(*EVENING), at(*EVENING) + timedelta(days=7))
    store(company, learner, EVENING)
    assert len(run(company, now=late)) == 1
    run(company, now=TIMER + timedelta(days=7))
    runs = done(company.caller("supply").get("/auto-runs"))["runs"]
    assert [one["booked"] for one in runs] == [1, 1]
    assert balances(company.caller("lp"), learner) == {"credit": 8}


def test_SD_10_lessons_that_were_booked_count_and_busy_times_are_left_alone(company: Desk) -> None:
    lp, learner = company.caller("lp"), company.learner()
    company.teacher(at(1, "19:00"), at(2, "19:00"))
    emma = company.teacher(at(*EVENING))
    done(lp.post("/bookings", booking(learner, emma, at(*EVENING))))
    company.open(company.teacher(name="Ben"), at(*EVENING))
    store(company, learner, EVENING, (1, "19:00"), (2, "19:00"), lessons=2)
    [row] = run(company)
    assert [row["starts_at"]] == written(at(1, "19:00"))


def test_SD_10_lessons_lie_on_different_days_if_they_are_to_be_spread(company: Desk) -> None:
    spread, together_ = company.learner(name="甲"), company.learner(name="乙")
    for _ in range(2):
        company.teacher(at(*EVENING), at(0, "20:00"))
    store(company, spread, EVENING, (0, "20:00"), lessons=2)
    store(company, together_, EVENING, (0, "20:00"), lessons=2, spread=False)
    rows = run(company)
    mine = [row for row in rows if row["learner"] == id_of(spread)]
    assert sorted(row["state"] for row in mine) == ["booked", "missed"]
    [missed] = [row for row in mine if row["state"] == "missed"]
    assert missed["why"]["reason"] == "one_a_day"
    others = [row for row in rows if row["learner"] == id_of(together_)]
    assert [row["state"] for row in others] == ["booked", "booked"]


def test_SD_10_first_as_many_lessons_as_can_be(company: Desk) -> None:
    easy, hard = company.learner(name="甲"), company.learner(name="乙")
    company.teacher(at(*EVENING))
    company.teacher(at(1, "19:00"), name="Ben")
    store(company, easy, EVENING, (1, "19:00"))
    store(company, hard, EVENING)
    rows = {row["learner"]: row for row in run(company)}
    assert [rows[id_of(hard)]["starts_at"]] == written(at(*EVENING))
    assert [rows[id_of(easy)]["starts_at"]] == written(at(1, "19:00"))


def test_SD_10_then_teachers_that_are_listed_or_known_then_times(company: Desk) -> None:
    learner, other = company.learner(name="甲"), company.learner(name="乙")
    emma = company.teacher(at(*EVENING), at(1, "19:00"))
    ben = company.teacher(at(1, "19:00"), name="Ben", rating=500)
    store(company, learner, EVENING, (1, "19:00"), teachers=(ben, emma))
    store(company, other, (1, "19:00"))
    rows = {row["learner"]: row for row in run(company)}
    mine = rows[id_of(learner)]
    assert mine["teacher"] == id_of(ben)
    assert (mine["why"]["teacher"], mine["why"]["place"], mine["why"]["time"]) == ("listed", 1, 2)
    assert rows[id_of(other)]["teacher"] == id_of(emma)


def test_SD_10_a_teacher_who_taught_the_learner_lately_goes_before_a_better_rated_one(
    company: Desk,
) -> None:
    learner = company.learner()
    soon = TIMER + timedelta(days=1)
    start = soon.replace(minute=0, second=0, microsecond=0)
    emma = company.teacher(name="Emma", rating=300)
    company.teacher(at(*EVENING), name="Ben", rating=500)
    world.open_slots(company=company.company, teacher=emma, starts=[start, at(*EVENING)], now=TIMER)
    asking.book_one(
        actor=asking.staff_of(market_id=company.company.market_id),
        command=asking.to_book(learner=learner, teacher=emma, starts_at=start),
        now=TIMER,
    )
    store(company, learner, EVENING)
    [row] = run(company, now=start + timedelta(hours=2))
    assert (row["teacher"], row["why"]["teacher"]) == (id_of(emma), "known")


def test_SD_10_then_tags(company: Desk) -> None:
    learner = company.learner()
    company.teacher(at(*EVENING), name="Ben", rating=500)
    kind = company.teacher(at(*EVENING), name="Kim", rating=300, tags=["kids"])
    store(company, learner, EVENING, tags=["exam", "kids"])
    [row] = run(company)
    assert row["teacher"] == id_of(kind)
    assert (row["why"]["teacher"], row["why"]["place"]) == ("tag", 2)


def test_SD_10_time_kept_for_others_is_left_and_ones_own_is_used_first(company: Desk) -> None:
    mine, other = company.learner(name="甲"), company.learner(name="乙")
    emma, ben = company.teacher(), company.teacher(name="Ben")
    for teacher, target in (
        (emma, Target("student", mine.pk)),
        (ben, Target("product", company.company.products["special"].pk)),
    ):
        world.open_slots(
            company=company.company, teacher=teacher, starts=[at(*EVENING)], target=target
        )
    store(company, mine, EVENING)
    store(company, other, EVENING)
    rows = {row["learner"]: row for row in run(company)}
    assert (rows[id_of(mine)]["teacher"], rows[id_of(mine)]["why"]["teacher"]) == (
        id_of(emma),
        "kept",
    )
    assert rows[id_of(other)]["state"] == "missed"
    assert rows[id_of(other)]["why"]["reason"] == "no_open_time"


def test_SD_10_only_teachers_of_the_level_and_long_lessons_whole(company: Desk) -> None:
    learner, higher = company.learner(name="甲"), company.learner(name="乙", level=4)
    start = at(*EVENING)
    company.teacher(start, start + HALF_HOUR, at(1, "19:00"))
    store(company, learner, (1, "19:00"), EVENING, product="level7")
    store(company, higher, EVENING)
    rows = {row["learner"]: row for row in run(company)}
    assert [rows[id_of(learner)]["starts_at"]] == written(start)
    assert rows[id_of(higher)]["why"]["reason"] == "no_open_time"
    assert balances(company.caller("lp"), learner) == {"credit": 7}


def test_SD_10_holidays_are_kept_by_rules_that_ask_for_it(company: Desk) -> None:
    keeps, works = company.learner(name="甲"), company.learner(name="乙")
    supply, day = company.caller("supply"), monday().isoformat()
    for _ in range(2):
        company.teacher(at(*EVENING))
    body = {"name": "国庆节", "first_day": day, "last_day": day}
    holiday = done(supply.post("/holidays", body))
    assert done(company.caller("lp").get("/holidays"))["holidays"] == [holiday]
    store(company, keeps, EVENING, skips_holidays=True)
    store(company, works, EVENING)
    rows = {row["learner"]: row for row in run(company)}
    assert rows[id_of(works)]["state"] == "booked"
    why = rows[id_of(keeps)]["why"]
    assert (why["reason"], why["times"]) == ("holiday", [[*written(at(*EVENING)), "holiday"]])
    assert refused(company.caller("lp").post("/holidays", body)) == (403, "channel_may_not")
    wrong = supply.post("/holidays", body | {"last_day": "2000-01-01"})
    assert refused(wrong) == (422, "holiday_invalid")
    done(supply.post("/holiday-removals", {"holiday": holiday["holiday"]}))
    assert done(supply.get("/holidays"))["holidays"] == []
    gone = supply.post("/holiday-removals", {"holiday": holiday["holiday"]})
    assert refused(gone) == (404, "holiday_not_found")


def test_SD_10_who_missed_a_lesson_comes_first_the_week_after(company: Desk) -> None:
    first, second = company.learner(name="甲"), company.learner(name="乙")
    week = timedelta(days=7)
    company.teacher(at(*EVENING), at(*EVENING) + week, at(*EVENING) + 2 * week)
    for learner in (first, second):
        store(company, learner, EVENING)
    winners = []
    for number in range(2):
        rows = run(company, now=TIMER + number * week)
        winners.append(next(row["learner"] for row in rows if row["state"] == "booked"))
    assert set(winners) == {id_of(first), id_of(second)}


def test_SD_10_each_market_keeps_its_own_clock_and_its_own_rules(
    company: Desk, other_company: Desk
) -> None:
    learner = company.learner()
    company.teacher(at(*EVENING))
    store(company, learner, EVENING)
    run(company)
    abroad = other_company.caller("supply")
    # In New York it is still Sunday: what is caught up is the week that begins tomorrow.
    [theirs] = done(abroad.get("/auto-runs"))["runs"]
    assert (theirs["week"], theirs["booked"]) == (monday(weeks=0).isoformat(), 0)
    here = last_run(company.caller("supply"))["run"]
    assert refused(abroad.get(f"/auto-runs/{here}")) == (404, "run_not_found")
    run(company, now=TIMER + timedelta(hours=14))
    weeks = [one["week"] for one in done(abroad.get("/auto-runs"))["runs"]]
    assert weeks == [monday().isoformat(), monday(weeks=0).isoformat()]


def test_SD_10_the_log_tells_when_a_run_began_and_how_it_ended(company: Desk) -> None:
    company.teacher(at(*EVENING))
    for name in ("甲", "乙"):
        store(company, company.learner(name=name), EVENING)
    began = TIMER + timedelta(minutes=1)
    run(company, now=began)
    run(company, now=began + timedelta(minutes=1))
    events = list(Event.objects.filter(kind__startswith="auto_run.").order_by("id"))
    assert [(one.kind, one.at) for one in events] == [
        ("auto_run.started", began),
        ("auto_run.finished", began),
    ]
    assert {(one.channel, one.actor_kind) for one in events} == {("supply", "job")}
    week = monday().isoformat()
    assert [one.data["week"] for one in events] == [week, week]
    assert (events[1].data["booked"], events[1].data["missed"]) == (1, 1)
