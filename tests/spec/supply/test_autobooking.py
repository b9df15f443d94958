"""Auto-booking: rules stored for learners, foreseen, and explained."""

import pytest

from tests.served import (
    Desk,
    balances,
    done,
    id_of,
    refused,
    together,
    written,
)
from tests.spec.supply.run_week import at, last_run, rows_of, rule, run, store

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
