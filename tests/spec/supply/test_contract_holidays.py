"""Contracts and holidays: what lies on one is not booked, and reported."""

from datetime import timedelta

from tests.served import balances, done, id_of, slots_of
from tests.spec.supply.duals import FIRST, Dual, dual, now_of
from tests.spec.supply.weeks import WEEK

__all__ = ["dual"]

# The foreign teacher's lesson is on Thursdays.
THURSDAY = FIRST + timedelta(days=3)


def closed(dual: Dual, weeks: int) -> str:
    """Make the Thursday of a week a holiday, and return it."""
    day = (THURSDAY + weeks * WEEK).isoformat()
    body = {"name": "元旦", "first_day": day, "last_day": day}
    return str(done(dual.company.caller("supply").post("/holidays", body))["holiday"])


def test_SD_11_a_first_week_on_a_holiday_is_not_booked_and_reported(dual: Dual) -> None:
    closed(dual, 0)
    chinese, foreign = dual.propose()
    assert [(one["state"], one["why"]) for one in foreign["lessons"]] == [
        ("missed", "holiday"),
        ("booked", None),
    ]
    # Only the day counts: Tuesday's lessons are booked.
    assert [one["state"] for one in chinese["lessons"]] == ["booked"] * 2
    assert balances(dual.lp, dual.learner) == {"credit": 14}


def test_SD_12_a_week_on_a_holiday_is_not_planned_and_reported(dual: Dual) -> None:
    dual.propose()
    closed(dual, 2)
    lessons = dual.extended()["lessons"][2:]
    assert [(one["state"], one["why"]) for one in lessons] == [
        ("missed", "holiday"),
        ("proposed", None),
    ]
    # Nobody's time is kept for it.
    assert slots_of(dual.lp, dual.emma, now_of(FIRST + 2 * WEEK), days=7) == []
    lost = done(dual.lp.get("/lost-lessons", learner=id_of(dual.learner)))["lost"]
    assert [one["starts_at"] for one in lost] == [lessons[0]["starts_at"]]


def test_T_6_a_holiday_added_before_the_teacher_agrees_is_kept(dual: Dual) -> None:
    dual.propose()
    contract = dual.extended()["contract"]
    closed(dual, 2)
    herself = dual.company.caller("teachers", teacher=dual.emma)
    [told] = done(herself.post("/contract-acceptances", {"contract": contract}))["results"]
    assert [(one["state"], one["why"]) for one in told["lessons"]] == [
        ("missed", "holiday"),
        ("booked", None),
    ]
    assert slots_of(dual.lp, dual.emma, now_of(FIRST + 2 * WEEK), days=7) == []


def test_SD_12_a_holiday_taken_away_keeps_nobody_from_a_lesson(dual: Dual) -> None:
    dual.propose()
    holiday = closed(dual, 2)
    done(dual.company.caller("supply").post("/holiday-removals", {"holiday": holiday}))
    assert [one["state"] for one in dual.extended()["lessons"][2:]] == ["proposed"] * 2
