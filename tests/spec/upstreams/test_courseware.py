"""Courseware: which lesson of its course a lesson teaches, and where learning progress goes."""

import pytest

from tests.served import Caller, Desk, ahead, begun, booked_before, done, refused
from tests.spec.upstreams.test_fireman import next_number
from yueke.curriculum.models import Course, CourseLesson, Product

LESSONS = 12
NOT_THEIRS = ("parents-pc", "parents-h5", "teachers", "tmk", "supply", "curriculum", "marketing")


@pytest.fixture
def course(company: Desk) -> Course:
    """Give the major course of level 3 its lessons."""
    course = Course.objects.get(product=company.company.products["major"], level=3)
    CourseLesson.objects.bulk_create(
        CourseLesson(course=course, number=number, title=f"Lesson {number}")
        for number in range(1, LESSONS + 1)
    )
    return course


def courseware_of(caller: Caller, seat: str) -> tuple[int | None, str | None]:
    """Return which lesson of its course a lesson teaches, as it is read."""
    lesson = done(caller.get(f"/lessons/{seat}"))
    return lesson["course_number"], lesson["courseware"]


@pytest.mark.parametrize("channel", ["fireman", "lp"])
def test_F_6_LP_4_choose_the_courseware_and_progress_follows_on_finish(
    company: Desk, course: Course, channel: str
) -> None:
    learner = company.learner(credit=1)
    _, seat = booked_before(company, learner, begun())
    caller, fireman = company.caller(channel), company.caller("fireman")
    assert courseware_of(caller, seat) == (None, None)
    chosen = {"seat": seat, "number": 5, "reason": "补上次的课"}
    assert done(caller.post("/courseware-changes", chosen))["course_number"] == 5
    assert courseware_of(caller, seat) == (5, "Lesson 5")
    assert next_number(learner) == 1
    done(fireman.post("/finishes", {"seat": seat}))
    assert next_number(learner) == 6
    events = done(fireman.get("/events", seat=seat))["events"]
    [told] = [event for event in events if event["kind"] == "lesson.courseware_changed"]
    assert (told["channel"], told["reason"]) == (channel, "补上次的课")
    assert told["data"] == {"was_number": None, "number": 5}


def test_F_4_moves_progress_back_exactly_as_far_as_the_finish_had_moved_it(
    company: Desk, course: Course
) -> None:
    learner, fireman = company.learner(credit=2), company.caller("fireman")
    _, ahead_of_plan = booked_before(company, learner, begun())
    _, planned = booked_before(company, learner, ahead(hours=-3))
    done(fireman.post("/courseware-changes", {"seat": ahead_of_plan, "number": 5}))
    done(fireman.post("/finishes", {"seat": ahead_of_plan}))
    done(fireman.post("/finishes", {"seat": planned}))
    assert courseware_of(fireman, planned) == (6, "Lesson 6")
    assert next_number(learner) == 7
    done(fireman.post("/finish-undos", {"seat": ahead_of_plan}))
    assert next_number(learner) == 2
    done(fireman.post("/finish-undos", {"seat": planned}))
    assert next_number(learner) == 1
    assert courseware_of(fireman, ahead_of_plan) == (5, "Lesson 5")
    assert courseware_of(fireman, planned) == (None, None)


def test_F_4_never_moves_progress_to_before_the_first_lesson(company: Desk, course: Course) -> None:
    learner, fireman = company.learner(credit=2), company.caller("fireman")
    _, far_on = booked_before(company, learner, ahead(hours=-3))
    _, again = booked_before(company, learner, begun())
    for seat, number in ((far_on, 9), (again, 1)):
        done(fireman.post("/courseware-changes", {"seat": seat, "number": number}))
        done(fireman.post("/finishes", {"seat": seat}))
    assert next_number(learner) == 2
    done(fireman.post("/finish-undos", {"seat": far_on}))
    assert next_number(learner) == 1


def test_F_6_back_to_the_learners_next_lesson(company: Desk, course: Course) -> None:
    learner, fireman = company.learner(credit=1), company.caller("fireman")
    _, seat = booked_before(company, learner, begun())
    done(fireman.post("/courseware-changes", {"seat": seat, "number": 3}))
    done(fireman.post("/courseware-changes", {"seat": seat, "number": None}))
    assert courseware_of(fireman, seat) == (None, None)
    done(fireman.post("/finishes", {"seat": seat}))
    assert next_number(learner) == 2


def test_F_6_refuses_what_the_course_has_not_and_what_is_past_changing(
    company: Desk, course: Course
) -> None:
    learner, fireman = company.learner(credit=2), company.caller("fireman")
    _, seat = booked_before(company, learner, begun())
    _, old = booked_before(company, learner, ahead(hours=-8 * 24))
    chosen = {"seat": seat, "number": 3}
    unknown = fireman.post("/courseware-changes", {**chosen, "number": LESSONS + 1})
    assert refused(unknown) == (422, "courseware_unknown")
    done(fireman.post("/courseware-changes", chosen))
    assert refused(fireman.post("/courseware-changes", chosen)) == (409, "courseware_unchanged")
    done(fireman.post("/finishes", {"seat": seat}))
    late = fireman.post("/courseware-changes", {**chosen, "number": 4})
    assert refused(late) == (409, "lesson_already_finished")
    over = fireman.post("/courseware-changes", {**chosen, "seat": old})
    assert refused(over) == (409, "lesson_over")
    assert next_number(learner) == 4


def test_F_6_asked_beforehand_changes_nothing(company: Desk, course: Course) -> None:
    learner, fireman = company.learner(credit=1), company.caller("fireman")
    _, seat = booked_before(company, learner, begun())
    told = fireman.post("/courseware-changes?dry_run=true", {"seat": seat, "number": 3})
    assert (told.status_code, told.json()["course_number"]) == (200, 3)
    assert courseware_of(fireman, seat) == (None, None)


def test_CC_7_chooses_the_courseware_of_trials_alone(company: Desk, course: Course) -> None:
    learner, cc = company.learner(credit=1), company.caller("cc")
    _, seat = booked_before(company, learner, begun())
    chosen = {"seat": seat, "number": 2}
    assert refused(cc.post("/courseware-changes", chosen)) == (403, "channel_may_not")
    assert courseware_of(cc, seat) == (None, None)
    Product.objects.filter(id=course.product_id).update(code="trial")
    assert done(cc.post("/courseware-changes", chosen))["course_number"] == 2


def test_F_6_LP_4_and_CC_7_are_not_for_others(
    company: Desk, other_company: Desk, course: Course
) -> None:
    learner = company.learner(credit=1)
    _, seat = booked_before(company, learner, begun())
    chosen = {"seat": seat, "number": 2}
    for channel in NOT_THEIRS:
        caller = company.caller(channel)
        assert refused(caller.post("/courseware-changes", chosen)) == (403, "channel_may_not")
    abroad = other_company.caller("fireman").post("/courseware-changes", chosen)
    assert refused(abroad) == (404, "lesson_not_found")
    assert courseware_of(company.caller("lp"), seat) == (None, None)
