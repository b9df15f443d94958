"""Contracts: a dual learner's standing weekly lessons with a Chinese and a foreign teacher."""

from datetime import timedelta
from typing import Any

from tests.served import (
    balances,
    booking,
    done,
    id_of,
    refused,
    slots_of,
    together,
)
from tests.spec.supply.duals import FIRST, Dual, dual, now_of
from tests.spec.supply.weeks import WEEK, at, monday, weekly
from yueke.supply.contracts import extend

__all__ = ["dual"]

NOT_LP = ("parents-h5", "teachers", "cc", "tmk", "fireman", "supply", "curriculum", "marketing")
NOT_TEACHERS = ("parents-h5", "lp", "cc", "tmk", "fireman", "supply", "curriculum", "marketing")


def test_LP_9_SD_11_proposes_both_contracts_and_books_two_weeks_at_once(dual: Dual) -> None:
    chinese, foreign = dual.propose()
    assert (chinese["teacher"], foreign["teacher"]) == (id_of(dual.lin), id_of(dual.emma))
    assert chinese["pair"] == foreign["pair"]
    assert {one["state"] for one in (chinese, foreign)} == {"proposed"}
    for contract in (chinese, foreign):
        assert [(one["state"], one["why"]) for one in contract["lessons"]] == [("booked", None)] * 2
    # Four lessons of two credits each, in time that nobody had offered.
    assert balances(dual.lp, dual.learner) == {"credit": 12}
    starts = [one["starts_at"] for one in done(dual.lp.get("/lessons"))["lessons"]]
    assert len(starts) == 4
    slots = slots_of(dual.lp, dual.emma, now_of(FIRST))
    assert [(s["state"], s["target_kind"]) for s in slots] == [("booked", "contract")] * 2


def test_SD_11_tells_of_a_week_that_cannot_be_booked(dual: Dual) -> None:
    taken = at(FIRST, 3, "19:30")
    tom = dual.company.teacher(taken, name="Tom")
    done(dual.lp.post("/bookings", booking(dual.learner, tom, taken)))
    poor = dual.company.learner(credit=2, name="小王", studies=["allround"])
    _, foreign = dual.propose()
    assert [(one["state"], one["why"]) for one in foreign["lessons"]] == [
        ("missed", "learner_busy"),
        ("booked", None),
    ]
    other = {
        "learner": id_of(poor),
        "chinese": weekly(dual.lin, 5, "10:00"),
        "foreign": weekly(dual.emma, 5, "11:00"),
    }
    results = done(dual.lp.post("/contracts", dual.body(**other)))["results"]
    whys = [one["why"] for contract in results for one in contract["lessons"]]
    assert whys == [None] + ["balance_too_low"] * 3


def test_LP_9_refuses_a_proposal_that_cannot_be(dual: Dual) -> None:
    tom = dual.company.teacher(name="Tom", skills=["major:3"])
    beginner = dual.company.learner(name="小李", studies=["major"])
    wrong: list[tuple[dict[str, Any], tuple[int, str]]] = [
        ({"chinese": weekly(dual.emma, 1, "19:00")}, (422, "dual_pair_invalid")),
        ({"foreign": weekly(tom, 3, "19:30")}, (409, "teacher_does_not_teach")),
        ({"foreign": weekly(dual.emma, 3, "19:10")}, (422, "weekly_time_invalid")),
        ({"first_week": (FIRST + timedelta(days=1)).isoformat()}, (422, "week_invalid")),
        ({"first_week": monday(weeks=-1).isoformat()}, (422, "week_invalid")),
        ({"learner": id_of(beginner)}, (409, "course_not_open")),
        ({"product": "special"}, (403, "channel_may_not")),
    ]
    for other, refusal in wrong:
        assert refused(dual.lp.post("/contracts", dual.body(**other))) == refusal
    assert done(dual.lp.get("/contracts"))["contracts"] == []
    dual.propose()
    again = dual.lp.post("/contracts", dual.body())
    assert refused(again) == (409, "contract_time_taken")


def test_LP_9_asked_beforehand_nothing_happens(dual: Dual) -> None:
    told = dual.lp.post("/contracts?dry_run=true", dual.body())
    assert told.status_code == 200
    assert [one["state"] for one in told.json()["results"][0]["lessons"]] == ["booked"] * 2
    assert done(dual.lp.get("/contracts"))["contracts"] == []
    assert balances(dual.lp, dual.learner) == {"credit": 20}


def test_SD_12_a_timer_plans_the_next_weeks_and_keeps_their_time(dual: Dual) -> None:
    dual.propose()
    contract = dual.extended()
    assert [one["state"] for one in contract["lessons"]] == ["booked"] * 2 + ["proposed"] * 2
    slots = slots_of(dual.lp, dual.emma, now_of(FIRST), days=14)
    assert len(slots) == 2
    later = slots_of(dual.lp, dual.emma, now_of(FIRST + 2 * WEEK), days=14)
    assert [(s["state"], s["target_kind"]) for s in later] == [("open", "contract")] * 2
    # Nothing of it is paid, nobody else gets it, and the timer does it once.
    assert balances(dual.lp, dual.learner) == {"credit": 12}
    other = dual.company.learner(name="小王", studies=["major", "allround"])
    start = at(FIRST + 2 * WEEK, 3, "19:30")
    taken = dual.company.caller("cc").post(
        "/bookings", booking(other, dual.emma, start, "allround")
    )
    assert refused(taken) == (409, "slot_targeted")
    assert dual.extended() == contract


def test_SD_12_says_why_a_week_cannot_be_planned(dual: Dual) -> None:
    dual.propose()
    start = at(FIRST + 2 * WEEK, 3, "19:30")
    dual.company.open(dual.emma, start)
    other = dual.company.learner(name="小王", studies=["allround"])
    done(dual.company.caller("cc").post("/bookings", booking(other, dual.emma, start, "allround")))
    lessons = dual.extended()["lessons"]
    assert [(one["state"], one["why"]) for one in lessons[2:]] == [
        ("missed", "slot_already_taken"),
        ("proposed", None),
    ]


def test_T_6_accepting_books_what_waits_by_contract_targeted_slots(dual: Dual) -> None:
    dual.propose()
    contract = dual.extended()
    herself = dual.company.caller("teachers", teacher=dual.emma)
    [told] = done(herself.post("/contract-acceptances", {"contract": contract["contract"]}))[
        "results"
    ]
    assert told["state"] == "active"
    assert [one["state"] for one in told["lessons"]] == ["booked"] * 2
    assert balances(dual.lp, dual.learner) == {"credit": 8}
    seat = told["lessons"][0]["seat"]
    [event] = done(dual.lp.get("/events", seat=seat))["events"]
    assert (event["kind"], event["channel"]) == ("lesson.booked", "teachers")
    again = herself.post("/contract-acceptances", {"contract": contract["contract"]})
    assert refused(again) == (409, "nothing_to_answer")


def test_T_6_what_cannot_be_booked_any_more_is_told_and_its_time_goes(dual: Dual) -> None:
    dual.propose()
    contract = dual.extended()
    start = at(FIRST + 2 * WEEK, 3, "19:30")
    tom = dual.company.teacher(start, name="Tom")
    done(dual.lp.post("/bookings", booking(dual.learner, tom, start)))
    herself = dual.company.caller("teachers", teacher=dual.emma)
    [told] = done(herself.post("/contract-acceptances", {"contract": contract["contract"]}))[
        "results"
    ]
    assert [(one["state"], one["why"]) for one in told["lessons"]] == [
        ("missed", "learner_busy"),
        ("booked", None),
    ]
    later = slots_of(dual.lp, dual.emma, now_of(FIRST + 2 * WEEK), days=14)
    assert [s["state"] for s in later] == ["booked"]


def test_T_6_declining_gives_up_what_waits_and_offers_candidates(dual: Dual) -> None:
    dual.propose()
    contract = dual.extended()
    start = at(FIRST + 2 * WEEK, 3, "19:30")
    tom = dual.company.teacher(start, name="Tom", skills=["allround:3"], rating=470)
    dual.company.teacher(start, name="周", skills=["allround:3"], tags=["chinese"])
    herself = dual.company.caller("teachers", teacher=dual.emma)
    body = {"contract": contract["contract"], "reason": "moving house"}
    [told] = done(herself.post("/contract-refusals", body))["results"]
    assert (told["state"], [one["state"] for one in told["lessons"]]) == (
        "declined",
        ["declined"] * 2,
    )
    assert slots_of(dual.lp, dual.emma, now_of(FIRST + 2 * WEEK), days=14) == []
    [back] = done(dual.lp.get("/contracts", state="declined"))["contracts"]
    assert back["answer"] == "moving house"
    week = back["lessons"][2]["week"]
    path = f"/contracts/{back['contract']}/candidates"
    assert done(dual.lp.get(path, week=week))["candidates"] == [
        {"teacher": id_of(tom), "name": "Tom", "rating": 4.7}
    ]
    late = herself.post("/contract-acceptances", {"contract": contract["contract"]})
    assert refused(late) == (409, "contract_over")


def test_T_6_time_that_was_offered_before_is_offered_again(dual: Dual) -> None:
    dual.propose()
    start = at(FIRST + 2 * WEEK, 3, "19:30")
    dual.company.open(dual.emma, start)
    contract = dual.extended()
    herself = dual.company.caller("teachers", teacher=dual.emma)
    done(herself.post("/contract-refusals", {"contract": contract["contract"]}))
    later = slots_of(dual.lp, dual.emma, now_of(FIRST + 2 * WEEK), days=14)
    assert [(s["state"], s["target_kind"]) for s in later] == [("open", None)]


def test_SD_12_what_nobody_answers_comes_back_in_time(dual: Dual) -> None:
    dual.propose()
    dual.extended()
    answer_by = at(FIRST + 2 * WEEK, 3, "19:30") - timedelta(hours=24)
    extend.expire(now=answer_by - timedelta(seconds=1))
    [before] = done(dual.lp.get("/contracts", teacher=id_of(dual.emma)))["contracts"]
    assert [one["state"] for one in before["lessons"]][2:] == ["proposed"] * 2
    extend.expire(now=answer_by)
    [after] = done(dual.lp.get("/contracts", teacher=id_of(dual.emma)))["contracts"]
    assert [one["state"] for one in after["lessons"]][2:] == ["unanswered", "proposed"]
    later = slots_of(dual.lp, dual.emma, now_of(FIRST + 2 * WEEK), days=7)
    assert later == []


def test_LP_9_ending_a_contract_frees_what_is_not_yet_taught(dual: Dual) -> None:
    dual.propose()
    contract = dual.extended()
    assert balances(dual.lp, dual.learner) == {"credit": 12}
    body = {"contract": contract["contract"], "reason": "转学"}
    [told] = done(dual.lp.post("/contract-ends", body))["results"]
    assert (told["state"], {one["state"] for one in told["lessons"]}) == ("ended", {"freed"})
    assert len(told["lessons"]) == 4
    assert balances(dual.lp, dual.learner) == {"credit": 16}
    assert slots_of(dual.lp, dual.emma, now_of(FIRST), days=14) == []
    assert refused(dual.lp.post("/contract-ends", body)) == (409, "contract_over")


def test_LP_9_a_lesson_cancelled_before_does_not_keep_a_contract_from_ending(dual: Dual) -> None:
    dual.propose()
    contract = dual.extended()["contract"]
    [now] = [
        one for one in done(dual.lp.get("/contracts"))["contracts"] if one["contract"] == contract
    ]
    seat = next(one["seat"] for one in now["lessons"] if one["state"] == "booked")
    done(dual.lp.post("/cancellations", {"seat": seat}))
    done(dual.lp.post("/contract-ends", {"contract": contract, "reason": "转学"}))
    assert balances(dual.lp, dual.learner) == {"credit": 16}


def test_T_6_two_answers_at_once_are_one(dual: Dual) -> None:
    dual.propose()
    contract = dual.extended()["contract"]
    herself, lp = dual.company.caller("teachers", teacher=dual.emma), dual.lp
    answers = together(
        *[lambda: herself.post("/contract-acceptances", {"contract": contract})] * 3,
        *[lambda: herself.post("/contract-refusals", {"contract": contract})] * 2,
        lambda: lp.post("/contract-ends", {"contract": contract}),
    )
    assert {one.status_code for one in answers} <= {201, 409}
    [now] = done(dual.lp.get("/contracts", teacher=id_of(dual.emma)))["contracts"]
    spent = 20 - balances(dual.lp, dual.learner)["credit"]
    live = sum(one["state"] == "booked" for one in now["lessons"]) + 2
    assert spent == 2 * live


def test_LP_9_is_for_learning_partners(dual: Dual) -> None:
    contract = dual.propose()[0]["contract"]
    for channel in NOT_LP:
        caller = dual.company.caller(channel)
        assert refused(caller.post("/contracts", dual.body())) == (403, "channel_may_not")
        ended = caller.post("/contract-ends", {"contract": contract})
        assert refused(ended) == (403, "channel_may_not")


def test_T_6_is_for_the_contracts_own_teacher(dual: Dual) -> None:
    dual.propose()
    contract = dual.extended()["contract"]
    for path in ("/contract-acceptances", "/contract-refusals"):
        for channel in NOT_TEACHERS:
            answer = dual.company.caller(channel).post(path, {"contract": contract})
            assert refused(answer) == (403, "channel_may_not")
        other = dual.company.caller("teachers", teacher=dual.lin)
        assert refused(other.post(path, {"contract": contract})) == (404, "contract_not_found")
