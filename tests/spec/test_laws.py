"""What never breaks, tried from outside."""

import time
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from tests.served import Desk, ahead, balances, booking, done, id_of, refused, together, written
from yueke.inventory import commands as inventory
from yueke.kernel.grid import show_instant


def test_I_1_and_I_3_twenty_learners_after_one_half_hour_make_one_lesson(company: Desk) -> None:
    start = ahead(hours=48)
    emma = company.teacher(start)
    learners = [company.learner(name=f"学员{number}") for number in range(20)]
    lp = company.caller("lp")
    answers = together(
        *[partial(lp.post, "/bookings", booking(learner, emma, start)) for learner in learners]
    )
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 19
    codes = {refused(answer)[1] for answer in answers if answer.status_code == 409}
    assert codes == {"slot_already_taken"}
    assert len(done(lp.get("/lessons", teacher=id_of(emma)))["lessons"]) == 1


def test_I_2_a_learner_is_booked_with_one_of_ten_teachers_at_a_time(company: Desk) -> None:
    start = ahead(hours=48)
    teachers = [company.teacher(start, name=f"Teacher {number}") for number in range(10)]
    learner = company.learner(credit=10)
    parents = company.parents(learner)
    answers = together(
        *[
            partial(parents.post, "/bookings", booking(learner, teacher, start))
            for teacher in teachers
        ]
    )
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 9
    codes = {refused(answer)[1] for answer in answers if answer.status_code == 409}
    assert codes == {"learner_busy"}
    assert balances(parents, learner) == {"credit": 9}


def test_I_2_a_long_lesson_keeps_its_learner_for_all_of_it(company: Desk) -> None:
    first, second = ahead(hours=48), ahead(hours=48.5)
    emma, tom = company.teacher(first, second), company.teacher(second, name="Tom")
    learner = company.learner()
    parents = company.parents(learner)
    done(parents.post("/bookings", booking(learner, emma, first, "level7")))
    busy = parents.post("/bookings", booking(learner, tom, second))
    assert refused(busy) == (409, "learner_busy")
    taken = company.learner(name="李雷")
    answer = company.parents(taken).post("/bookings", booking(taken, emma, second))
    assert refused(answer) == (409, "slot_already_taken")


def test_I_4_the_last_credit_is_spent_once_however_many_ask(company: Desk) -> None:
    starts = [ahead(hours=48 + number) for number in range(10)]
    emma, learner = company.teacher(*starts), company.learner(credit=1)
    parents = company.parents(learner)
    answers = together(
        *[partial(parents.post, "/bookings", booking(learner, emma, start)) for start in starts]
    )
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 9
    assert balances(parents, learner) == {}


def test_I_5_a_seat_cancelled_by_many_at_once_is_refunded_once(company: Desk) -> None:
    start = ahead(hours=48)
    emma, learner = company.teacher(start), company.learner(credit=1)
    parents = company.parents(learner)
    seat = done(parents.post("/bookings", booking(learner, emma, start)))["seat"]
    answers = together(*[lambda: parents.post("/cancellations", {"seat": seat})] * 10)
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 9
    assert balances(parents, learner) == {"credit": 1}


def test_I_6_a_key_sent_ten_times_at_once_books_once_and_answers_the_same(company: Desk) -> None:
    start = ahead(hours=48)
    emma, learner = company.teacher(start), company.learner(credit=5)
    parents = company.parents(learner)
    body = booking(learner, emma, start)
    answers = together(*[lambda: parents.post("/bookings", body, key="only-one")] * 10)
    assert {(answer.status_code, answer.text) for answer in answers} == {(201, answers[0].text)}
    assert balances(parents, learner) == {"credit": 4}


def test_I_7_a_slot_kept_for_a_learner_is_booked_by_no_other(company: Desk) -> None:
    start = ahead(hours=48)
    emma, hers, other = company.teacher(start), company.learner(), company.learner(name="李雷")
    herself = company.caller("teachers", teacher=emma)
    body = {
        "teacher": id_of(emma),
        "starts": written(start),
        "target": {"kind": "student", "id": id_of(hers)},
    }
    done(herself.post("/targetings", body))
    answer = company.parents(other).post("/bookings", booking(other, emma, start))
    assert refused(answer) == (409, "slot_targeted")
    window = {"product": "major", "from_": show_instant(start), "to": show_instant(ahead(hours=50))}
    assert done(company.parents(other).get("/times", learner=id_of(other), **window))["times"] == []
    assert done(company.parents(hers).get("/times", learner=id_of(hers), **window))["times"]
    done(company.parents(hers).post("/bookings", booking(hers, emma, start)))


def test_I_8_a_reservation_that_is_over_books_nothing_and_is_gone(company: Desk) -> None:
    start = ahead(hours=48)
    emma, learner = company.teacher(start), company.learner()
    herself = company.caller("teachers", teacher=emma)
    until = datetime.now(UTC) + timedelta(seconds=1)
    body = {
        "teacher": id_of(emma),
        "starts": written(start),
        "target": {"kind": "student", "id": id_of(learner)},
        "reserved_until": until.isoformat(),
    }
    assert done(herself.post("/targetings", body))["results"][0]["outcome"] == "targeted"
    time.sleep(1.1)
    late = company.parents(learner).post("/bookings", booking(learner, emma, start))
    assert refused(late) == (409, "slot_not_open")
    assert inventory.expire_reservations(now=datetime.now(UTC)) == 1


def test_I_9_every_change_tells_who_through_which_channel_when_and_why(company: Desk) -> None:
    start = ahead(hours=48)
    emma, learner = company.teacher(), company.learner(credit=2)
    herself, lp = company.caller("teachers", teacher=emma), company.caller("lp")
    parents = company.parents(learner)
    time_of_hers = {"teacher": id_of(emma), "starts": written(start)}
    done(herself.post("/slots", {**time_of_hers, "reason": "补课"}))
    seat = done(parents.post("/bookings", booking(learner, emma, start, reason="周末")))["seat"]
    done(lp.post("/cancellations", {"seat": seat, "reason": "停电"}))
    done(herself.post("/withdrawals", {**time_of_hers, "reason": "牙医"}))
    events = done(lp.get("/events", teacher=id_of(emma), starts_at=show_instant(start)))["events"]
    assert [(one["kind"], one["channel"], one["reason"]) for one in events] == [
        ("slot.released", "teachers", "补课"),
        ("lesson.booked", "parents-h5", "周末"),
        ("lesson.cancelled", "lp", "停电"),
        ("slot.withdrawn", "teachers", "牙医"),
    ]
    times = [one["at"] for one in events]
    assert times == sorted(times)
    assert {one["actor_kind"] for one in events} == {"key"}


def test_I_9_what_staff_do_with_time_and_courses_tells_why(company: Desk) -> None:
    start, learner, emma = ahead(hours=48), company.learner(studies=[], credit=0), company.teacher()
    fireman, lp = company.caller("fireman"), company.caller("lp")
    team, slots = company.caller("international"), {"teacher": id_of(emma)}
    done(fireman.post("/slots", {**slots, "starts": written(start), "reason": "老师电话"}))
    special = {"kind": "product", "id": "special"}
    kept = {**slots, "starts": written(start), "target": special, "reason": "专项"}
    done(team.post("/targetings", kept))
    done(team.post("/targetings", {**kept, "target": None, "reason": "不用了"}))
    done(fireman.post("/withdrawals", {**slots, "starts": written(start), "reason": "误放"}))
    course = {"learner": id_of(learner), "product": "major", "level": 3, "reason": "新签"}
    done(lp.post("/courses", course))
    events = done(lp.get("/events", teacher=id_of(emma), starts_at=show_instant(start)))["events"]
    assert [one["reason"] for one in events] == ["老师电话", "专项", "不用了", "误放"]
    log = done(lp.get("/events", learner=id_of(learner)))["events"]
    assert [(one["kind"], one["reason"]) for one in log] == [("course.opened", "新签")]


def test_I_9_a_teachers_weekly_pattern_tells_why(company: Desk) -> None:
    start, emma = ahead(hours=48), company.teacher()
    day = start.astimezone(ZoneInfo(emma.zone))
    pattern = {
        "teacher": id_of(emma),
        "stretches": [{"weekday": day.weekday(), "begins": "00:00", "ends": "24:00"}],
        "first": f"{day:%Y-%m-%d}",
        "last": f"{day:%Y-%m-%d}",
        "reason": "新学期",
    }
    herself = company.caller("teachers", teacher=emma)
    done(herself.post("/weekly-patterns", pattern))
    at = {"teacher": id_of(emma), "starts_at": show_instant(start)}
    [event] = done(company.caller("lp").get("/events", **at))["events"]
    assert event["reason"] == "新学期"


def test_I_9_time_that_goes_with_a_lesson_tells_why_it_did(company: Desk) -> None:
    start, kept_at = ahead(hours=48), ahead(hours=72)
    emma, learner = company.teacher(start), company.learner()
    herself, lp = company.caller("teachers", teacher=emma), company.caller("lp")
    seat = done(lp.post("/bookings", booking(learner, emma, start)))["seat"]
    wish = {"seat": seat, "reserve_at": show_instant(kept_at), "reason": "发烧"}
    done(herself.post("/teacher-cancellations", wish))
    for at, kinds in (
        (start, ["slot.withdrawn", "lesson.cancelled"]),
        (kept_at, ["slot.released", "slot.targeted", "slot.kept"]),
    ):
        log = lp.get("/events", teacher=id_of(emma), starts_at=show_instant(at))
        told = {one["kind"]: one["reason"] for one in done(log)["events"]}
        assert [told[kind] for kind in kinds] == ["发烧"] * len(kinds)
