"""Who is told of what: an exchange, an absence, a seat got or missed, a time kept, a request."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.open_classes import START, created, place, sell_classes
from tests.reminders.test_reminders import lesson, login, lp, tell
from tests.served import Caller, Desk, ahead, begun, booked_before, booking, done
from yueke.booking.classes import lapse
from yueke.kernel.actor import Actor
from yueke.kernel.grid import show_instant
from yueke.kernel.transaction import begin
from yueke.notices import operations as notices
from yueke.notices.operations import Happened
from yueke.people import public_ids
from yueke.people.models import Learner, Teacher
from yueke.reminders.planning import causes
from yueke.reminders.wording import texts

__all__ = ["lp"]


def told(*whose: Learner | Teacher) -> list[list[str]]:
    """Send what is due, and return the subjects that each got, up to the colon."""
    found: dict[str, list[str]] = {}
    for one in tell():
        found.setdefault(one.to[0], []).append(one.subject.split("：")[0].split(":")[0])
    logins = [one.family.user if isinstance(one, Learner) else one.user for one in whose]
    return [sorted(found.get(user.email, [])) for user in logins if user]


def test_every_cause_has_its_words_in_both_languages() -> None:
    abouts = {row["about"] for row in causes()}
    assert {(about, language) for about in abouts for language in ("zh-hans", "en")} <= set(texts())


def test_both_families_and_teachers_hear_of_an_exchange(company: Desk, lp: Caller) -> None:
    first, amy, seat = lesson(company, lp)
    second, bob, other = lesson(company, lp, hours=74)
    tell()
    done(company.caller("tmk").post("/learner-exchanges", {"seat": seat, "other_seat": other}))
    subjects = told(first, second, amy, bob)
    assert subjects[:2] == [["已为您安排课程"]] * 2
    assert [len(one) for one in subjects[2:]] == [1, 1]
    assert subjects[2][0].startswith("Another learner at")


def test_the_family_hears_that_its_teacher_did_not_come(company: Desk, lp: Caller) -> None:
    learner = company.learner(name="乐乐")
    login(learner, language="zh-hans")
    _, seat = booked_before(company, learner, begun())
    tell()
    done(company.caller("fireman").post("/absences", {"seat": seat, "who": "teacher"}))
    assert told(learner) == [["老师没有来上课"]]


def test_the_family_hears_of_the_time_that_is_kept_and_until_when(
    company: Desk, lp: Caller
) -> None:
    _, amy, seat = lesson(company, lp)
    tell()
    later = show_instant(ahead(hours=96))
    body = {"seat": seat, "reserve_at": later}
    done(company.caller("teachers", teacher=amy).post("/teacher-cancellations", body))
    [kept] = [one for one in tell() if one.subject.startswith("老师为您留了时间")]
    assert "Amy" in kept.body
    assert "之前约课" in kept.body


def test_who_gets_a_seat_from_the_list_hears_of_it_and_the_teacher_of_nothing(
    company: Desk, lp: Caller
) -> None:
    sell_classes(company.company)
    curriculum, amy = company.caller("curriculum"), company.teacher(name="Amy")
    lesson_id = created(curriculum, amy, capacity=2)
    done(curriculum.post("/class-publications", {"lesson": lesson_id}))
    learners = [company.learner(name=name) for name in ("甲", "乙", "丙", "丁")]
    everybody: list[Learner | Teacher] = [*learners, amy]
    for one in everybody:
        login(one, language="zh-hans")
    seats = [
        done(curriculum.post("/class-bookings", place(one, lesson_id)))["seat"]
        for one in learners[:2]
    ]
    for one in learners[2:]:
        done(curriculum.post("/class-waits", place(one, lesson_id)))
    tell()
    done(curriculum.post("/cancellations", {"seat": seats[0]}))
    assert told(*everybody) == [["课程已取消"], [], ["候补成功"], [], []]
    done(curriculum.post("/class-cancellations", {"lesson": lesson_id}))
    gone = ["课程已取消"]
    assert told(*everybody) == [[], gone, gone, ["候补没有成功"], ["公开课已取消"]]


def test_who_waited_until_the_class_began_hears_that_they_got_no_seat(
    company: Desk, lp: Caller
) -> None:
    sell_classes(company.company)
    curriculum = company.caller("curriculum")
    lesson_id = created(curriculum, company.teacher(), capacity=2)
    done(curriculum.post("/class-publications", {"lesson": lesson_id}))
    for _ in range(2):
        done(curriculum.post("/class-bookings", place(company.learner(), lesson_id)))
    waiter = company.learner(name="丙")
    login(waiter, language="zh-hans")
    done(curriculum.post("/class-waits", place(waiter, lesson_id)))
    tell()
    assert lapse.end_waits(now=START)
    [said] = tell(after=timedelta(hours=73))
    assert said.subject.startswith("候补没有成功：丙")


def test_a_class_is_told_of_by_its_title_and_its_teacher_only_how_many_come(
    company: Desk, lp: Caller
) -> None:
    sell_classes(company.company)
    curriculum, amy = company.caller("curriculum"), company.teacher(name="Amy")
    lesson_id = created(curriculum, amy)
    done(curriculum.post("/class-publications", {"lesson": lesson_id}))
    learners = [company.learner(name=name) for name in ("甲", "乙")]
    everybody: list[Learner | Teacher] = [*learners, amy]
    for one in everybody:
        login(one, language="zh-hans")
    for learner in learners:
        done(curriculum.post("/class-bookings", place(learner, lesson_id)))
    tell()
    bodies = {one.to[0]: one.body for one in tell(after=timedelta(hours=71))}
    assert len(bodies) == 3
    assert amy.user is not None
    assert "2位学员" in bodies[amy.user.email]
    assert "甲" not in bodies[amy.user.email]
    assert all("自然拼读" in body and "公开课" not in body for body in bodies.values())


def test_a_request_goes_to_the_teacher_and_its_answer_to_the_family(
    company: Desk, lp: Caller
) -> None:
    learner, amy = company.learner(name="乐乐"), company.teacher(name="Amy")
    for one in (learner, amy):
        login(one, language="zh-hans")
    herself = company.caller("teachers", teacher=amy)
    for hours, answer, words in (
        (72, "/request-rejections", "老师没有接受"),
        (74, "/request-acceptances", "老师接受了"),
    ):
        wish = booking(learner, amy, ahead(hours=hours))
        asked = done(lp.post("/lesson-requests", wish))["request"]
        assert told(amy) == [["有人求课"]]
        done(herself.post(answer, {"request": asked}))
        assert told(learner) == [[words]]


@pytest.mark.parametrize(
    ("kind", "family", "teacher"),
    [
        ("lesson.matched", ["老师已找到"], ["您有一节新课"]),
        ("lesson.unmatched", ["没有找到老师"], []),
        ("contract.lesson_proposed", [], ["合约课待确认"]),
    ],
)
def test_matching_and_contracts_are_told(
    company: Desk, lp: Caller, kind: str, family: list[str], teacher: list[str]
) -> None:
    learner, amy = company.learner(name="乐乐"), company.teacher(name="Amy")
    for one in (learner, amy):
        login(one, language="zh-hans")
    emma, seat = company.teacher(ahead(hours=72)), company.learner()
    booked = done(lp.post("/bookings", booking(seat, emma, ahead(hours=72))))
    tell()
    market_id = company.company.market_id
    happened = Happened(
        0,
        kind,
        Actor(market_id, "job", 0, "supply"),
        lesson_id=public_ids.read("lsn", booked["lesson"]) if kind.startswith("lesson.") else None,
        learner_id=learner.pk,
        teacher_id=amy.pk,
        starts_at=ahead(hours=72),
        data={"product": "major"},
    )
    with begin() as work:
        notices.append_one(work, at=datetime.now(UTC), event=happened)
    assert told(learner, amy) == [family, teacher]
