"""Two learners, two teachers or two lessons exchange places, in one act."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

import pytest

from tests.served import (
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
from yueke.curriculum.models import Course, CourseLesson, Product
from yueke.kernel.grid import show_instant
from yueke.people.models import Learner, Teacher

EARLY, LATE = ahead(hours=5), ahead(hours=6)
NOT_THEIRS = ("parents-pc", "parents-h5", "teachers", "lp", "supply", "marketing")


@dataclass
class Booked:
    """A learner's lesson with a teacher."""

    teacher: Teacher
    learner: Learner
    seat: str


def booked(company: Desk, start: datetime, *also_open: datetime, name: str) -> Booked:
    """Book a lesson of a teacher who may have more time open."""
    teacher, learner = company.teacher(start, *also_open, name=name), company.learner(credit=1)
    answer = company.caller("lp").post("/bookings", booking(learner, teacher, start))
    return Booked(teacher, learner, str(done(answer)["seat"]))


def seats(one: Booked, other: Booked) -> dict[str, str]:
    """Return the body that asks for an exchange."""
    return {"seat": one.seat, "other_seat": other.seat, "reason": "家长对调"}


@pytest.mark.parametrize("late", [EARLY, LATE])
@pytest.mark.parametrize("channel", ["cc", "tmk"])
def test_TM_5_CC_5_two_learners_exchange_places(
    company: Desk, late: datetime, channel: str
) -> None:
    one, other = booked(company, EARLY, name="Emma"), booked(company, late, name="Tom")
    caller, lp = company.caller(channel), company.caller("lp")
    results = done(caller.post("/learner-exchanges", seats(one, other)))["results"]
    assert [(r["learner"], r["teacher"]) for r in results] == [
        (id_of(one.learner), id_of(other.teacher)),
        (id_of(other.learner), id_of(one.teacher)),
    ]
    for side, result in zip((one, other), results, strict=True):
        assert balances(lp, side.learner) == {}
        assert done(lp.get(f"/lessons/{side.seat}"))["state"] == "cancelled"
        assert done(lp.get(f"/lessons/{result['seat']}"))["state"] == "live"
        told = done(lp.get("/events", learner=id_of(side.learner)))["events"]
        [event] = [event for event in told if event["kind"] == "lesson.exchanged"]
        assert (event["reason"], event["lesson"]) == ("家长对调", result["lesson"])
        assert event["data"]["left"] == result["left"]["lesson"]
        assert (event["data"]["refunded"], event["data"]["paid"]) == (1, 1)


def test_TM_5_an_exchange_of_learners_is_both_or_neither(
    company: Desk, other_company: Desk
) -> None:
    tmk, lp = company.caller("tmk"), company.caller("lp")
    one, other = booked(company, EARLY, name="Emma"), booked(company, LATE, name="Tom")
    third = company.learner(credit=2)
    first = done(lp.post("/bookings", booking(third, company.teacher(EARLY), EARLY)))
    done(lp.post("/bookings", booking(third, company.teacher(LATE), LATE)))
    busy = {"seat": first["seat"], "other_seat": other.seat}
    assert refused(tmk.post("/learner-exchanges", busy)) == (409, "learner_busy")
    same = {"seat": one.seat, "other_seat": one.seat}
    assert refused(tmk.post("/learner-exchanges", same)) == (409, "nothing_to_exchange")
    began = booked_before(company, company.learner(credit=1), begun())[1]
    late = {"seat": one.seat, "other_seat": began}
    assert refused(tmk.post("/learner-exchanges", late)) == (409, "lesson_already_started")
    theirs = booked(other_company, EARLY, name="Zoe")
    abroad = tmk.post("/learner-exchanges", seats(one, theirs))
    assert refused(abroad) == (404, "lesson_not_found")
    done(lp.post("/cancellations", {"seat": other.seat}))
    gone = tmk.post("/learner-exchanges", seats(one, other))
    assert refused(gone) == (409, "lesson_already_cancelled")
    assert done(lp.get(f"/lessons/{one.seat}"))["state"] == "live"
    assert balances(lp, one.learner) == {}


def test_TM_5_an_exchange_under_one_key_happens_once(company: Desk) -> None:
    one, other = booked(company, EARLY, name="Emma"), booked(company, EARLY, name="Tom")
    tmk = company.caller("tmk")
    ask = partial(tmk.post, "/learner-exchanges", seats(one, other), key="exchange")
    answers = together(*[ask] * 6)
    assert {(answer.status_code, answer.text) for answer in answers} == {(201, answers[0].text)}


@pytest.mark.parametrize("late", [EARLY, LATE])
def test_F_5_two_teachers_exchange_lessons(company: Desk, late: datetime) -> None:
    one = booked(company, EARLY, *({late} - {EARLY}), name="Emma")
    other = booked(company, late, *({EARLY} - {late}), name="Tom")
    fireman = company.caller("fireman")
    results = done(fireman.post("/teacher-exchanges", seats(one, other)))["results"]
    assert [r["teacher"] for r in results] == [id_of(other.teacher), id_of(one.teacher)]
    for side, now_with in ((one, other), (other, one)):
        lesson = done(fireman.get(f"/lessons/{side.seat}"))
        assert (lesson["state"], lesson["teacher"]) == ("live", id_of(now_with.teacher))
        told = done(fireman.get("/events", seat=side.seat))["events"][-1]
        assert (told["kind"], told["data"]) == (
            "lesson.teacher_changed",
            {"was": id_of(side.teacher)},
        )
    states = {slot["starts_at"]: slot["state"] for slot in slots_of(fireman, one.teacher, EARLY)}
    assert sorted(states.values()) == (["booked"] if late == EARLY else ["booked", "open"])


def test_F_5_teachers_who_are_not_free_for_it_exchange_nothing(company: Desk) -> None:
    one, other = booked(company, EARLY, LATE, name="Emma"), booked(company, LATE, name="Tom")
    fireman = company.caller("fireman")
    exchange = fireman.post("/teacher-exchanges", seats(one, other))
    assert refused(exchange) == (409, "slot_not_open")
    same = fireman.post("/teacher-exchanges", {"seat": one.seat, "other_seat": one.seat})
    assert refused(same) == (409, "nothing_to_exchange")
    company.open(other.teacher, EARLY)
    other.teacher.skills = ["level7:3"]
    other.teacher.save()
    exchange = fireman.post("/teacher-exchanges", seats(one, other))
    assert refused(exchange) == (409, "teacher_does_not_teach")
    for side in (one, other):
        lesson = done(fireman.get(f"/lessons/{side.seat}"))
        assert lesson["teacher"] == id_of(side.teacher)


def test_TM_3_CC_3_consultants_exchange_teachers_of_trials_alone(company: Desk) -> None:
    one, other = booked(company, EARLY, name="Emma"), booked(company, EARLY, name="Tom")
    cc = company.caller("cc")
    assert refused(cc.post("/teacher-exchanges", seats(one, other))) == (403, "channel_may_not")
    major = company.company.products["major"]
    Product.objects.filter(id=major.id).update(code="trial")
    for teacher in (one.teacher, other.teacher):
        teacher.skills = ["trial:3"]
        teacher.save()
    done(cc.post("/teacher-exchanges", seats(one, other)))


@pytest.mark.parametrize("channel", ["cc", "tmk", "fireman"])
def test_TM_5_CC_5_F_5_two_lessons_exchange_their_times(company: Desk, channel: str) -> None:
    one = booked(company, EARLY, LATE, name="Emma")
    other = booked(company, LATE, EARLY, name="Tom")
    caller, lp = company.caller(channel), company.caller("lp")
    results = done(caller.post("/lesson-exchanges", seats(one, other)))["results"]
    for side, start, result in zip((one, other), (LATE, EARLY), results, strict=True):
        lesson = done(lp.get(f"/lessons/{result['seat']}"))
        assert (lesson["state"], lesson["learner"]) == ("live", id_of(side.learner))
        assert (lesson["teacher"], lesson["starts_at"]) == (
            id_of(side.teacher),
            show_instant(start),
        )
        assert done(lp.get(f"/lessons/{side.seat}"))["state"] == "cancelled"
        states = {slot["starts_at"]: slot["state"] for slot in slots_of(lp, side.teacher, start)}
        assert states[show_instant(start)] == "booked"
        assert balances(lp, side.learner) == {}
        told = done(lp.get("/events", learner=id_of(side.learner)))["events"]
        [event] = [event for event in told if event["kind"] == "lesson.moved"]
        assert (event["reason"], event["teacher"]) == ("家长对调", id_of(side.teacher))
        assert event["data"]["left"] == result["left"]["lesson"]
    back = {"seat": results[0]["seat"], "other_seat": results[1]["seat"]}
    done(caller.post("/lesson-exchanges", back))


def test_TM_5_two_lessons_of_one_teacher_exchange_their_times(company: Desk) -> None:
    one = booked(company, EARLY, LATE, name="Emma")
    learner = company.learner(credit=1)
    lp = company.caller("lp")
    seat = done(lp.post("/bookings", booking(learner, one.teacher, LATE)))["seat"]
    other = Booked(one.teacher, learner, seat)
    results = done(company.caller("tmk").post("/lesson-exchanges", seats(one, other)))["results"]
    assert [(r["learner"], r["starts_at"]) for r in results] == [
        (id_of(one.learner), show_instant(LATE)),
        (id_of(learner), show_instant(EARLY)),
    ]


def test_TM_5_lessons_exchange_both_times_or_neither(company: Desk) -> None:
    tmk, lp = company.caller("tmk"), company.caller("lp")
    one, other = booked(company, EARLY, LATE, name="Emma"), booked(company, LATE, name="Tom")

    def asked() -> tuple[int, str]:
        return refused(tmk.post("/lesson-exchanges", seats(one, other)))

    assert asked() == (409, "slot_not_open")
    company.open(other.teacher, EARLY)
    third = company.learner(credit=1)
    taken = done(lp.post("/bookings", booking(third, other.teacher, EARLY)))["seat"]
    assert asked() == (409, "slot_already_taken")
    done(lp.post("/cancellations", {"seat": taken}))
    company.lot(one.learner, asset="credit")
    elsewhere = done(lp.post("/bookings", booking(one.learner, company.teacher(LATE), LATE)))
    assert asked() == (409, "learner_busy")
    done(lp.post("/cancellations", {"seat": elsewhere["seat"]}))
    same = booked(company, EARLY, name="Zoe")
    at_once = tmk.post("/lesson-exchanges", seats(one, same))
    assert refused(at_once) == (409, "nothing_to_exchange")
    for side in (one, other):
        assert done(lp.get(f"/lessons/{side.seat}"))["state"] == "live"
    told = tmk.post("/lesson-exchanges?dry_run=true", seats(one, other))
    assert (told.status_code, len(told.json()["results"])) == (200, 2)
    assert done(lp.get(f"/lessons/{one.seat}"))["state"] == "live"


def test_TM_5_a_lesson_keeps_its_courseware_at_its_new_time(company: Desk) -> None:
    one, other = booked(company, EARLY, LATE, name="Emma"), booked(company, LATE, EARLY, name="Tom")
    fireman, lp = company.caller("fireman"), company.caller("lp")
    course = Course.objects.get(product=company.company.products["major"], level=3)
    CourseLesson.objects.get_or_create(course=course, number=2, title="Lesson 2")
    done(fireman.post("/courseware-changes", {"seat": one.seat, "number": 2}))
    results = done(fireman.post("/lesson-exchanges", seats(one, other)))["results"]
    numbers = [done(lp.get(f"/lessons/{one['seat']}"))["course_number"] for one in results]
    assert numbers == [2, None]


def test_TM_5_F_5_exchanges_asked_beforehand_change_nothing(company: Desk) -> None:
    one, other = booked(company, EARLY, name="Emma"), booked(company, EARLY, name="Tom")
    for channel, path in (("tmk", "/learner-exchanges"), ("fireman", "/teacher-exchanges")):
        caller = company.caller(channel)
        told = caller.post(f"{path}?dry_run=true", seats(one, other))
        assert (told.status_code, len(told.json()["results"])) == (200, 2)
        lesson = done(caller.get(f"/lessons/{one.seat}"))
        assert (lesson["state"], lesson["teacher"]) == ("live", id_of(one.teacher))


def test_TM_5_CC_5_F_5_exchanges_are_not_for_others(company: Desk) -> None:
    one, other = booked(company, EARLY, name="Emma"), booked(company, EARLY, name="Tom")
    for path, others in (
        ("/learner-exchanges", (*NOT_THEIRS, "fireman")),
        ("/teacher-exchanges", NOT_THEIRS),
        ("/lesson-exchanges", NOT_THEIRS),
    ):
        for channel in others:
            answer = company.caller(channel).post(path, seats(one, other))
            assert refused(answer) == (403, "channel_may_not"), (channel, path)
    assert done(company.caller("lp").get(f"/lessons/{one.seat}"))["state"] == "live"
