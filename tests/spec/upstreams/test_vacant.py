"""A lesson that is kept without a learner: staff may still give it up, or to another teacher."""

import pytest

from tests.served import Desk, ahead, balances, booking, done, id_of, refused, slots_of
from yueke.people.models import Learner, Teacher

START = ahead(hours=5)


def vacated(company: Desk) -> tuple[Teacher, Learner, str]:
    """Return a teacher whose lesson was fake-cancelled, who left it, and the seat."""
    emma, learner = company.teacher(START), company.learner(credit=1)
    answer = company.caller("lp").post("/bookings", booking(learner, emma, START))
    seat = str(done(answer)["seat"])
    done(company.caller("cc").post("/fake-cancellations", {"seat": seat}))
    return emma, learner, seat


@pytest.mark.parametrize("channel", ["lp", "cc", "tmk", "fireman"])
def test_LP_3_CC_6_TM_6_F_2_cancelling_frees_the_teacher_of_a_lesson_without_a_learner(
    company: Desk, channel: str
) -> None:
    emma, learner, seat = vacated(company)
    lp, caller = company.caller("lp"), company.caller(channel)
    tom = company.teacher(START)
    # The learner has another lesson by now, which stays as it is.
    other = done(lp.post("/bookings", booking(learner, tom, START)))["seat"]
    told = done(caller.post("/cancellations", {"seat": seat, "reason": "没人要"}))
    assert (told["paid"]["amount"], told["refunded"]["amount"]) == (0, 0)
    [slot] = slots_of(caller, emma, START)
    assert slot["state"] == "open"
    assert done(caller.get("/lessons", state="vacant"))["lessons"] == []
    assert done(lp.get(f"/lessons/{other}"))["state"] == "live"
    assert balances(lp, learner) == {}
    event = done(caller.get("/events", seat=seat))["events"][-1]
    assert (event["kind"], event["learner"]) == ("lesson.cancelled", None)
    assert event["reason"] == "没人要"

    again = caller.post("/cancellations", {"seat": seat})
    assert refused(again) == (409, "lesson_already_cancelled")


def test_PC_4_a_family_does_not_cancel_the_lesson_that_it_left(company: Desk) -> None:
    emma, learner, seat = vacated(company)
    answer = company.parents(learner).post("/cancellations", {"seat": seat})
    assert refused(answer) == (409, "lesson_already_cancelled")
    [slot] = slots_of(company.caller("lp"), emma, START)
    assert slot["state"] == "booked"


def test_F_5_gives_a_lesson_without_a_learner_to_another_teacher(company: Desk) -> None:
    emma, _, seat = vacated(company)
    fireman, tom = company.caller("fireman"), company.teacher(START)
    told = done(fireman.post("/teacher-changes", {"seat": seat, "teacher": id_of(tom)}))
    assert (told["state"], told["teacher"]) == ("vacant", id_of(tom))
    for teacher, state in ((emma, "open"), (tom, "booked")):
        [slot] = slots_of(fireman, teacher, START)
        assert slot["state"] == state
