"""Live-class support: lessons finished, opened again, cancelled, given to other teachers."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import pytest

from tests import world
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
from yueke.curriculum.models import LearningProgress
from yueke.kernel.grid import HALF_HOUR
from yueke.people.models import Learner

OTHERS = ("parents-pc", "parents-h5", "teachers", "lp", "cc", "tmk", "supply", "curriculum")


def next_number(learner: Learner) -> int:
    """Return the number of the lesson of their major course that comes next for a learner."""
    progress = LearningProgress.objects.get(learner=learner, product__code="major")
    return progress.next_number


def state_of(caller: Caller, seat: str) -> str:
    """Return what a lesson is now."""
    return str(done(caller.get(f"/lessons/{seat}"))["state"])


def test_F_1_books_time_that_nobody_offered_as_a_slot_for_this_learner(company: Desk) -> None:
    start = ahead(hours=1)
    emma, learner, fireman = company.teacher(), company.learner(credit=3), company.caller("fireman")
    wish = {**booking(learner, emma, start, product="level7"), "reason": "补课"}
    assert refused(fireman.post("/bookings", wish)) == (403, "channel_may_not")
    booked = done(fireman.post("/forced-bookings", wish))
    assert balances(company.caller("lp"), learner) == {}
    window = {"from_": start.isoformat(), "to": (start + 2 * HALF_HOUR).isoformat()}
    slots = done(fireman.get("/slots", teacher=id_of(emma), **window))["slots"]
    assert [slot["state"] for slot in slots] == ["booked", "booked"]
    events = done(fireman.get("/events", teacher=id_of(emma), starts_at=start.isoformat()))
    kinds = [(event["kind"], event["reason"]) for event in events["events"]]
    assert kinds == [("slot.released", "补课"), ("lesson.booked", "补课")]
    # The teacher never offered the time, and is not left with it.
    done(fireman.post("/cancellations", {"seat": booked["seat"]}))
    assert done(fireman.get("/slots", teacher=id_of(emma), **window))["slots"] == []


def test_F_5_takes_time_that_was_opened_for_the_learner_away_from_the_teacher_replaced(
    company: Desk,
) -> None:
    start = ahead(hours=1)
    emma, learner, fireman = company.teacher(), company.learner(credit=1), company.caller("fireman")
    forced = done(fireman.post("/forced-bookings", booking(learner, emma, start)))
    change = {"seat": forced["seat"], "teacher": id_of(company.teacher(start))}
    done(fireman.post("/teacher-changes", change))
    assert slots_of(fireman, emma, start) == []


def test_F_1_takes_open_time_as_it_is_and_never_what_is_taken(company: Desk) -> None:
    start = ahead(hours=3)
    emma, learner, fireman = company.teacher(start), company.learner(), company.caller("fireman")
    done(fireman.post("/forced-bookings", booking(learner, emma, start)))
    other = company.learner()
    taken = fireman.post("/forced-bookings", booking(other, emma, start))
    assert refused(taken) == (409, "slot_already_taken")
    busy = fireman.post("/forced-bookings", booking(learner, company.teacher(), start))
    assert refused(busy) == (409, "learner_busy")


def test_F_1_keeps_to_teachers_who_teach_it_in_this_market(
    company: Desk, other_company: Desk
) -> None:
    start, learner, fireman = ahead(hours=3), company.learner(), company.caller("fireman")
    unskilled = fireman.post(
        "/forced-bookings", booking(learner, company.teacher(skills=["major:9"]), start)
    )
    assert refused(unskilled) == (409, "teacher_does_not_teach")
    abroad = fireman.post("/forced-bookings", booking(learner, other_company.teacher(), start))
    assert refused(abroad) == (404, "teacher_not_found")
    past = fireman.post("/forced-bookings", booking(learner, company.teacher(), ahead(hours=-1)))
    assert refused(past) == (422, "time_in_past")


def test_F_1_is_for_live_class_support_alone(company: Desk) -> None:
    learner, emma = company.learner(), company.teacher(ahead(hours=3))
    for channel in OTHERS:
        caller = company.caller(channel)
        forced = caller.post("/forced-bookings", booking(learner, emma, ahead(hours=3)))
        assert refused(forced) == (403, "channel_may_not"), channel


def test_F_1_two_at_once_for_one_half_hour_are_one_lesson(company: Desk) -> None:
    start, emma, fireman = ahead(hours=3), company.teacher(), company.caller("fireman")
    wishes = [booking(company.learner(), emma, start) for _ in range(8)]
    answers = together(*(partial(fireman.post, "/forced-bookings", wish) for wish in wishes))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7


def test_F_2_cancels_a_lesson_and_everything_comes_back(company: Desk) -> None:
    start = ahead(hours=2)
    emma, learner = company.teacher(start), company.learner(credit=1)
    seat = done(company.caller("lp").post("/bookings", booking(learner, emma, start)))["seat"]
    fireman = company.caller("fireman")
    done(fireman.post("/cancellations", {"seat": seat, "reason": "老师断网"}))
    assert balances(company.caller("lp"), learner) == {"credit": 1}
    assert state_of(fireman, seat) == "cancelled"


def test_F_3_finishes_a_lesson_that_has_begun_and_the_learner_moves_on(company: Desk) -> None:
    learner = company.learner(credit=1)
    _, seat = booked_before(company, learner, begun())
    fireman = company.caller("fireman")
    finished = done(fireman.post("/finishes", {"seat": seat, "reason": "讲完了"}))
    assert finished["state"] == "finished"
    assert state_of(fireman, seat) == "finished"
    assert next_number(learner) == 2
    events = done(fireman.get("/events", seat=seat))["events"]
    last = events[-1]
    assert (last["kind"], last["channel"], last["reason"]) == (
        "lesson.finished",
        "fireman",
        "讲完了",
    )
    again = fireman.post("/finishes", {"seat": seat})
    assert refused(again) == (409, "lesson_already_finished")
    assert next_number(learner) == 2


def test_F_3_waits_until_the_lesson_has_begun(company: Desk) -> None:
    start = ahead(hours=2)
    emma, learner = company.teacher(start), company.learner(credit=1)
    seat = done(company.caller("lp").post("/bookings", booking(learner, emma, start)))["seat"]
    fireman = company.caller("fireman")
    assert refused(fireman.post("/finishes", {"seat": seat})) == (409, "lesson_not_started")
    done(fireman.post("/cancellations", {"seat": seat}))
    assert refused(fireman.post("/finishes", {"seat": seat})) == (409, "lesson_already_cancelled")
    assert next_number(learner) == 1


def test_F_4_takes_a_finish_back_and_the_learner_moves_back(company: Desk) -> None:
    learner = company.learner(credit=1)
    _, seat = booked_before(company, learner, begun())
    fireman = company.caller("fireman")
    assert refused(fireman.post("/finish-undos", {"seat": seat})) == (409, "lesson_not_finished")
    done(fireman.post("/finishes", {"seat": seat}))
    undone = done(fireman.post("/finish-undos", {"seat": seat, "reason": "点错了"}))
    assert undone["state"] == "booked"
    assert state_of(fireman, seat) == "live"
    assert next_number(learner) == 1
    done(fireman.post("/finishes", {"seat": seat}))
    assert next_number(learner) == 2


def test_F_4_is_over_a_week_after_the_lesson(company: Desk) -> None:
    learner = company.learner(credit=1)
    _, seat = booked_before(company, learner, ahead(hours=-8 * 24))
    fireman = company.caller("fireman")
    done(fireman.post("/finishes", {"seat": seat}))
    assert refused(fireman.post("/finish-undos", {"seat": seat})) == (409, "lesson_over")


@pytest.mark.parametrize("when", [partial(ahead, hours=3), begun])
def test_F_5_gives_a_lesson_to_another_teacher(company: Desk, when: Callable[[], datetime]) -> None:
    start = when()
    learner = company.learner(credit=1)
    emma, seat = booked_before(company, learner, start)
    tom = company.teacher(name="Tom")
    world.open_slots(company=company.company, teacher=tom, starts=[start], now=start - HALF_HOUR)
    fireman = company.caller("fireman")
    changed = done(fireman.post("/teacher-changes", {"seat": seat, "teacher": id_of(tom)}))
    assert changed["teacher"] == id_of(tom)
    assert done(fireman.get(f"/lessons/{seat}"))["teacher"] == id_of(tom)
    events = done(fireman.get("/events", seat=seat))["events"]
    [told] = [event for event in events if event["kind"] == "lesson.teacher_changed"]
    assert (told["data"], told["teacher"]) == ({"was": id_of(emma)}, id_of(tom))
    window = {"from_": start.isoformat(), "to": (start + HALF_HOUR).isoformat()}
    # What has begun is open to nobody again.
    for teacher, states in ((emma, ["open"] if start > begun() else []), (tom, ["booked"])):
        slots = done(fireman.get("/slots", teacher=id_of(teacher), **window))["slots"]
        assert [slot["state"] for slot in slots] == states
    same = fireman.post("/teacher-changes", {"seat": seat, "teacher": id_of(tom)})
    assert refused(same) == (409, "teacher_unchanged")


def test_F_5_needs_open_time_of_a_teacher_who_teaches_it(company: Desk) -> None:
    start = ahead(hours=3)
    emma, tom, ann = company.teacher(start), company.teacher(), company.teacher(start, skills=[])
    busy, learner = company.teacher(start), company.learner(credit=1)
    lp, fireman = company.caller("lp"), company.caller("fireman")
    seat = done(lp.post("/bookings", booking(learner, emma, start)))["seat"]
    done(lp.post("/bookings", booking(company.learner(credit=1), busy, start)))
    for teacher, code in (
        (tom, "slot_not_open"),
        (ann, "teacher_does_not_teach"),
        (busy, "slot_already_taken"),
    ):
        change = fireman.post("/teacher-changes", {"seat": seat, "teacher": id_of(teacher)})
        assert refused(change) == (409, code)
    assert done(fireman.get(f"/lessons/{seat}"))["teacher"] == id_of(emma)


def test_F_3_F_4_and_F_5_are_for_live_class_support_alone(company: Desk) -> None:
    learner = company.learner(credit=1)
    _, seat = booked_before(company, learner, begun())
    tom = company.teacher()
    for channel in OTHERS:
        caller = company.caller(channel)
        for path, body in (
            ("/finishes", {"seat": seat}),
            ("/finish-undos", {"seat": seat}),
            ("/teacher-changes", {"seat": seat, "teacher": id_of(tom)}),
        ):
            assert refused(caller.post(path, body)) == (403, "channel_may_not"), (channel, path)
    assert state_of(company.caller("fireman"), seat) == "live"
    assert next_number(learner) == 1


def test_F_3_does_not_reach_lessons_of_another_market(company: Desk, other_company: Desk) -> None:
    learner = company.learner(credit=1)
    _, seat = booked_before(company, learner, begun())
    abroad = other_company.caller("fireman")
    for path in ("/finishes", "/finish-undos"):
        assert refused(abroad.post(path, {"seat": seat})) == (404, "lesson_not_found")


def test_F_7_gives_a_teacher_slots_and_takes_them_away(company: Desk) -> None:
    start, emma, fireman = ahead(hours=3), company.teacher(), company.caller("fireman")
    slots = {"teacher": id_of(emma), "starts": [start.isoformat()]}
    done(fireman.post("/slots", slots))
    window = {"from_": start.isoformat(), "to": (start + HALF_HOUR).isoformat()}
    [slot] = done(fireman.get("/slots", teacher=id_of(emma), **window))["slots"]
    assert slot["state"] == "open"
    done(fireman.post("/withdrawals", slots))
    assert done(fireman.get("/slots", teacher=id_of(emma), **window))["slots"] == []


def test_F_7_is_not_for_staff_of_other_channels(company: Desk) -> None:
    emma = company.teacher(ahead(hours=3))
    slots = {"teacher": id_of(emma), "starts": [ahead(hours=3).isoformat()]}
    for channel in ("lp", "cc", "tmk", "supply", "curriculum", "marketing"):
        for path in ("/slots", "/withdrawals"):
            assert refused(company.caller(channel).post(path, slots)) == (403, "channel_may_not")


def test_F_3_and_F_5_asked_beforehand_change_nothing(company: Desk) -> None:
    learner = company.learner(credit=1)
    emma, seat = booked_before(company, learner, begun())
    tom = company.teacher(name="Tom")
    start = begun()
    world.open_slots(company=company.company, teacher=tom, starts=[start], now=start - HALF_HOUR)
    fireman = company.caller("fireman")
    before = done(fireman.get(f"/lessons/{seat}"))
    change = {"seat": seat, "teacher": id_of(tom)}
    told = fireman.post("/teacher-changes?dry_run=true", change)
    assert (told.status_code, told.json()["teacher"]) == (200, id_of(tom))
    told = fireman.post("/finishes?dry_run=true", {"seat": seat})
    assert (told.status_code, told.json()["state"]) == (200, "finished")
    refusal = fireman.post("/teacher-changes?dry_run=true", {**change, "teacher": id_of(emma)})
    assert refused(refusal) == (409, "teacher_unchanged")
    assert done(fireman.get(f"/lessons/{seat}")) == before
    assert next_number(learner) == 1
