"""Auto-booking: rules stored for learners, and the weekly run that books by them."""

from datetime import timedelta

import pytest

from tests import asking, world
from tests.served import (
    Desk,
    balances,
    booking,
    done,
    id_of,
    refused,
    together,
    written,
)
from tests.spec.supply.run_week import TIMER, at, last_run, rows_of, rule, run, store
from tests.spec.supply.weeks import ZONE, monday
from yueke.inventory.orders import Target
from yueke.kernel.grid import HALF_HOUR
from yueke.supply.autobooking import weekly
from yueke.supply.runs.weeks import next_week

EVENING = (0, "19:00")
NOT_LP = ("parents-pc", "parents-h5", "teachers", "cc", "tmk", "fireman", "supply", "marketing")


def test_LP_1_a_learning_partner_stores_what_a_learner_is_to_have_each_week(company: Desk) -> None:
    lp, learner = company.caller("lp"), company.learner()
    emma, ben = company.teacher(), company.teacher(name="Ben")
    body = rule(learner, EVENING, (2, "19:30"), lessons=2, teachers=(ben, emma), tags=["kids"])
    stored = done(lp.post("/auto-rules", body))
    assert (stored["state"], stored["new"], stored["product"]) == ("active", True, "major")
    kept = done(lp.get(f"/auto-rules/{stored['rule']}"))
    assert kept["times"] == body["times"]
    assert kept["teachers"] == [id_of(ben), id_of(emma)]
    assert (kept["lessons"], kept["tags"], kept["spread"]) == (2, ["kids"], True)
    assert (kept["skips_holidays"], kept["pay_with"], kept["channel"]) == (False, "credit", "lp")
    events = done(lp.get("/events", learner=id_of(learner)))["events"]
    [event] = [event for event in events if event["kind"] == "auto_rule.stored"]
    assert (event["channel"], event["data"]["lessons"]) == ("lp", 2)


def test_LP_1_stored_again_it_replaces_what_was_stored(company: Desk) -> None:
    lp, learner = company.caller("lp"), company.learner()
    first = store(company, learner, EVENING)
    again = done(lp.post("/auto-rules", rule(learner, (1, "20:00"), lessons=1)))
    assert (again["rule"], again["new"]) == (first, False)
    [kept] = done(lp.get("/auto-rules", learner=id_of(learner)))["rules"]
    assert kept["times"] == [{"weekday": 1, "at": "20:00"}]


def test_LP_1_the_same_request_takes_effect_once(company: Desk) -> None:
    lp, learner = company.caller("lp"), company.learner()
    body = rule(learner, EVENING)
    answers = together(*(lambda: lp.post("/auto-rules", body, key="one") for _ in range(2)))
    assert done(answers[0]) == done(answers[1])
    assert len(done(lp.get("/auto-rules"))["rules"]) == 1
    other = lp.post("/auto-rules", rule(learner, (1, "20:00")), key="one")
    assert refused(other) == (422, "request_key_reused")


def test_LP_1_paused_it_books_nothing_and_goes_on_when_told(company: Desk) -> None:
    lp, learner = company.caller("lp"), company.learner()
    company.teacher(at(*EVENING))
    stored = store(company, learner, EVENING)
    paused = done(lp.post("/auto-rule-pauses", {"rule": stored, "paused": True}))
    assert paused["state"] == "paused"
    again = lp.post("/auto-rule-pauses", {"rule": stored, "paused": True})
    assert refused(again) == (409, "auto_rule_unchanged")
    assert run(company) == []
    goes_on = done(lp.post("/auto-rule-pauses", {"rule": stored, "paused": False}))
    assert goes_on["state"] == "active"
    assert done(lp.get("/auto-previews"))["booked"] == 1


def test_LP_1_deleted_it_is_gone(company: Desk) -> None:
    lp, learner = company.caller("lp"), company.learner()
    stored = store(company, learner, EVENING)
    assert done(lp.post("/auto-rule-deletions", {"rule": stored}))["state"] == "deleted"
    assert refused(lp.get(f"/auto-rules/{stored}")) == (404, "auto_rule_not_found")
    again = lp.post("/auto-rule-deletions", {"rule": stored})
    assert refused(again) == (404, "auto_rule_not_found")


def test_LP_1_rules_are_listed_page_by_page(company: Desk) -> None:
    supply = company.caller("supply")
    stored = [store(company, company.learner(name=f"学员{n}"), EVENING) for n in range(3)]
    first = done(supply.get("/auto-rules", limit=2))
    rest = done(supply.get("/auto-rules", limit=2, cursor=first["next"]))
    found = [one["rule"] for one in [*first["rules"], *rest["rules"]]]
    assert found == stored[::-1]
    assert rest["next"] is None


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"times": [{"weekday": 0, "at": "19:00"}] * 2}, "times"),
        ({"product": "nothing"}, None),
        ({"pay_with": "gold"}, "asset"),
        ({"tags": ["kids", "kids"]}, "tags"),
    ],
)
def test_LP_1_what_no_rule_can_ask_for_is_refused(
    company: Desk, wrong: dict[str, object], field: str | None
) -> None:
    lp, learner = company.caller("lp"), company.learner()
    answer = lp.post("/auto-rules", rule(learner, EVENING) | wrong)
    expected = "auto_rule_invalid" if field else "product_unknown"
    assert refused(answer)[1] == expected
    assert answer.json().get("field") == field
    assert done(lp.get("/auto-rules"))["rules"] == []


def test_LP_1_asked_beforehand_nothing_is_stored(company: Desk) -> None:
    lp, learner = company.caller("lp"), company.learner()
    told = done(lp.post("/auto-rules?dry_run=true", rule(learner, EVENING)))
    assert told["new"]
    assert done(lp.get("/auto-rules"))["rules"] == []


def test_LP_1_is_for_learning_partners_alone(company: Desk, other_company: Desk) -> None:
    learner = company.learner()
    stored = store(company, learner, EVENING)
    for channel in NOT_LP:
        caller = company.caller(channel)
        for path, body in (
            ("/auto-rules", rule(learner, (1, "20:00"))),
            ("/auto-rule-pauses", {"rule": stored, "paused": True}),
            ("/auto-rule-deletions", {"rule": stored}),
        ):
            assert refused(caller.post(path, body)) == (403, "channel_may_not"), (channel, path)
    for channel in ("parents-h5", "teachers", "cc", "fireman"):
        for path in ("/auto-rules", "/auto-runs", "/auto-previews", "/holidays"):
            answer = company.caller(channel).get(path)
            assert refused(answer) == (403, "channel_may_not"), (channel, path)
    abroad = other_company.caller("lp")
    assert refused(abroad.get(f"/auto-rules/{stored}")) == (404, "auto_rule_not_found")
    assert refused(abroad.post("/auto-rules", rule(learner, EVENING))) == (404, "learner_not_found")
    assert done(company.caller("lp").get("/auto-rules"))["rules"][0]["state"] == "active"


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


def test_SD_10_who_cannot_pay_is_missed_with_what_there_is(company: Desk) -> None:
    poor, never = (
        company.learner(name="甲", credit=1),
        company.learner(name="乙", studies=["special"]),
    )
    company.teacher(at(*EVENING), at(1, "19:00"))
    store(company, poor, EVENING, (1, "19:00"), lessons=2)
    store(company, never, EVENING)
    rows = run(company)
    [booked] = [row for row in rows if row["state"] == "booked"]
    assert booked["learner"] == id_of(poor)
    reasons = {row["learner"]: row["why"] for row in rows if row["state"] == "missed"}
    assert reasons[id_of(poor)] == {
        "reason": "no_credits",
        "asset": "credit",
        "needed": 1,
        "available": 1,
    }
    assert reasons[id_of(never)] == {"reason": "course_not_open"}


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


def test_SD_10_a_missed_lesson_says_who_has_the_time_and_what_is_near(company: Desk) -> None:
    lp, first, second = company.caller("lp"), company.learner(name="甲"), company.learner(name="乙")
    emma = company.teacher(at(*EVENING), at(0, "20:00"), at(3, "19:00"), at(5, "10:00"))
    for learner in (first, second):
        store(company, learner, EVENING)
    rows = run(company)
    [missed] = [row for row in rows if row["state"] == "missed"]
    [booked] = [row for row in rows if row["state"] == "booked"]
    path = f"/auto-runs/{last_run(lp)['run']}/rows/{missed['place']}"
    told = done(lp.get(path))
    assert told["why"]["reason"] == "all_taken"
    [start] = written(at(*EVENING))
    assert told["taken"] == [{"starts_at": start, "learners": [booked["learner"]]}]
    near = [one["starts_at"] for one in told["alternatives"]]
    assert near == written(at(0, "20:00"), at(3, "19:00"), at(5, "10:00"))
    body = {
        "run": last_run(lp)["run"],
        "place": missed["place"],
        "teacher": id_of(emma),
        "starts_at": near[0],
    }
    for channel in ("supply", "cc", "parents-h5"):
        answer = company.caller(channel).post("/auto-run-bookings", body)
        assert refused(answer) == (403, "channel_may_not")
    lesson = done(lp.post("/auto-run-bookings", body))
    assert (lesson["learner"], lesson["starts_at"]) == (missed["learner"], near[0])
    now = done(lp.get(path))
    assert (now["state"], now["seat"], now["why"]) == (
        "booked",
        lesson["seat"],
        {"teacher": "chosen"},
    )
    assert refused(lp.post("/auto-run-bookings", body)) == (409, "run_row_not_missed")


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


def test_SD_10_foreseen_for_a_learner_and_for_all_nothing_is_booked(company: Desk) -> None:
    lp, first, second = company.caller("lp"), company.learner(name="甲"), company.learner(name="乙")
    company.teacher(at(*EVENING))
    for learner in (first, second):
        store(company, learner, EVENING)
    for learner in (first, second):
        alone = done(lp.get("/auto-previews", learner=id_of(learner)))
        assert (alone["booked"], alone["missed"]) == (1, 0)
    everyone = done(company.caller("supply").get("/auto-previews"))
    assert (everyone["booked"], everyone["missed"]) == (1, 1)
    assert everyone["reasons"] == {"all_taken": 1}
    assert balances(lp, first) == {"credit": 10}
    assert done(lp.get("/auto-runs"))["runs"] == []


def test_SD_10_rows_are_listed_by_state_and_by_learner(company: Desk) -> None:
    supply, learner = company.caller("supply"), company.learner(name="甲")
    company.teacher(at(*EVENING))
    store(company, learner, EVENING, (1, "19:00"), lessons=2)
    store(company, company.learner(name="乙"), EVENING)
    run(company)
    assert {row["state"] for row in rows_of(supply, state="missed")} == {"missed"}
    assert len(rows_of(supply, learner=id_of(learner))) == 2
    first = done(supply.get(f"/auto-runs/{last_run(supply)['run']}/rows", limit=1))
    rest = done(
        supply.get(f"/auto-runs/{last_run(supply)['run']}/rows", cursor=first["next"], limit=10)
    )
    assert len(first["rows"]) + len(rest["rows"]) == 3


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


def test_SD_10_a_time_that_people_took_meanwhile_is_replaced_at_once(company: Desk) -> None:
    lp, learner, other = (
        company.caller("lp"),
        company.learner(name="甲"),
        company.learner(name="乙"),
    )
    emma = company.teacher(at(*EVENING), rating=500)
    ben = company.teacher(at(1, "20:00"), name="Ben")
    store(company, learner, EVENING, (1, "20:00"), teachers=(emma,))
    started = weekly.start(
        market_id=company.company.market_id, week=next_week(now=TIMER, zone=str(ZONE)), now=TIMER
    )
    weekly.plan(started, now=TIMER)
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
    lp, learner, other = (
        company.caller("lp"),
        company.learner(name="甲"),
        company.learner(name="乙"),
    )
    emma = company.teacher(at(*EVENING))
    store(company, learner, EVENING)
    started = weekly.start(
        market_id=company.company.market_id, week=next_week(now=TIMER, zone=str(ZONE)), now=TIMER
    )
    weekly.plan(started, now=TIMER)
    done(lp.post("/bookings", booking(other, emma, at(*EVENING))))
    [row] = run(company)
    assert (row["state"], row["why"]["reason"]) == ("missed", "refused")
    assert row["why"]["refused"] == "slot_already_taken"
    assert last_run(lp)["state"] == "finished"
