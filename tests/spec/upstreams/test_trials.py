"""Trials: booked in advance by consultants, one for each learner, given to other teachers."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import pytest

from tests import world
from tests.served import Desk, ahead, balances, begun, booking, done, id_of, refused, together
from tests.spec.upstreams.offering import add_product, trial_booked_before
from yueke.kernel.grid import HALF_HOUR
from yueke.people.models import Learner, Teacher

pytestmark = pytest.mark.usefixtures("every_law_holds")
CONSULTANTS = pytest.mark.parametrize("channel", ["cc", "tmk"])
OTHERS = ("parents-pc", "parents-h5", "teachers", "lp", "fireman", "supply", "curriculum")
SKILLS = ["trial:3", "major:3"]
START = ahead(hours=30)


@pytest.fixture
def trials(company: Desk) -> Desk:
    """Return a company whose trials are free."""
    add_product(company, "trial", {"credit": 0})
    return company


def pupil(company: Desk) -> Learner:
    """Add a learner who owns nothing, for whom a trial is open."""
    return company.learner(studies=["trial"], credit=0)


def teacher(company: Desk, *starts: datetime) -> Teacher:
    """Add a teacher of trials who has opened these half-hours."""
    return company.teacher(*starts, skills=SKILLS)


@CONSULTANTS
def test_TM_2_CC_2_book_a_trial_in_advance(trials: Desk, channel: str) -> None:
    emma, learner, caller = teacher(trials, START), pupil(trials), trials.caller(channel)
    booked = done(caller.post("/bookings", booking(learner, emma, START, product="trial")))
    assert booked["paid"] == {"asset": "credit", "amount": 0}
    assert balances(trials.caller("lp"), learner) == {}
    assert done(caller.get(f"/lessons/{booked['seat']}"))["product"] == "trial"
    done(caller.post("/cancellations", {"seat": booked["seat"]}))


@CONSULTANTS
def test_TM_2_CC_2_a_learner_has_one_trial_unless_it_was_cancelled(
    trials: Desk, channel: str
) -> None:
    later = START + HALF_HOUR
    emma, learner, caller = teacher(trials, START, later), pupil(trials), trials.caller(channel)
    first = done(caller.post("/bookings", booking(learner, emma, START, product="trial")))
    again = booking(learner, emma, later, product="trial")
    assert refused(caller.post("/bookings", again)) == (409, "trial_limit_reached")
    done(caller.post("/cancellations", {"seat": first["seat"]}))
    done(caller.post("/bookings", again))


def test_TM_2_a_trial_that_is_finished_was_the_one(trials: Desk) -> None:
    emma, learner, tmk = teacher(trials), pupil(trials), trials.caller("tmk")
    seat = trial_booked_before(trials, learner, emma, begun())
    done(trials.caller("fireman").post("/finishes", {"seat": seat}))
    trials.open(emma, START)
    again = tmk.post("/bookings", booking(learner, emma, START, product="trial"))
    assert refused(again) == (409, "trial_limit_reached")


def test_TM_2_two_trials_at_once_are_one(trials: Desk) -> None:
    starts = [START + HALF_HOUR * step for step in range(6)]
    emma, learner, tmk = teacher(trials, *starts), pupil(trials), trials.caller("tmk")
    wishes = [booking(learner, emma, start, product="trial") for start in starts]
    answers = together(*(partial(tmk.post, "/bookings", wish) for wish in wishes))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 5


def test_TM_2_a_list_is_decided_as_if_its_trials_came_one_by_one(trials: Desk) -> None:
    starts = [START, START + HALF_HOUR]
    emma, learner, tmk = teacher(trials, *starts), pupil(trials), trials.caller("tmk")
    wishes = {"lessons": [booking(learner, emma, start, product="trial") for start in starts]}
    whole = done(tmk.post("/booking-lists", {**wishes, "all_or_none": True}))
    assert [r["code"] for r in whole["results"]] == ["list_refused", "trial_limit_reached"]
    each = done(tmk.post("/booking-lists", wishes))
    assert each["booked"] == 1


def test_TM_2_the_policy_says_how_many_trials(trials: Desk) -> None:
    starts = [START + HALF_HOUR * step for step in range(3)]
    emma, learner, tmk = teacher(trials, *starts), pupil(trials), trials.caller("tmk")
    done(trials.caller("supply").post("/policies", {"policy": "trial_limit", "value": "2"}))
    wishes = [booking(learner, emma, start, product="trial") for start in starts]
    assert [tmk.post("/bookings", wish).status_code for wish in wishes] == [201, 201, 409]


def test_TM_2_CC_2_are_for_consultants_alone(trials: Desk) -> None:
    emma, learner = teacher(trials, START), pupil(trials)
    wish = booking(learner, emma, START, product="trial")
    for channel in OTHERS:
        answer = trials.caller(channel).post("/bookings", wish)
        assert refused(answer) == (403, "channel_may_not"), channel
    major = trials.learner()
    for channel in ("cc", "tmk"):
        answer = trials.caller(channel).post("/bookings", booking(major, emma, START))
        assert refused(answer) == (403, "channel_may_not"), channel


@pytest.mark.parametrize("channel", ["cc", "tmk", "fireman"])
@pytest.mark.parametrize("when", [partial(ahead, hours=30), begun])
def test_TM_3_CC_3_F_8_give_a_trial_to_another_teacher_in_mid_lesson_too(
    trials: Desk, channel: str, when: Callable[[], datetime]
) -> None:
    start = when()
    emma, tom, learner = teacher(trials), teacher(trials), pupil(trials)
    booked = trial_booked_before(trials, learner, emma, start)
    world.open_slots(company=trials.company, teacher=tom, starts=[start], now=start - HALF_HOUR)
    caller = trials.caller(channel)
    change = {"seat": booked, "teacher": id_of(tom)}
    assert done(caller.post("/teacher-changes", change))["teacher"] == id_of(tom)
    assert done(caller.get(f"/lessons/{booked}"))["teacher"] == id_of(tom)


@CONSULTANTS
def test_TM_3_CC_3_are_for_trials_alone(trials: Desk, channel: str) -> None:
    emma, tom, learner = teacher(trials, START), teacher(trials, START), trials.learner()
    lp, caller = trials.caller("lp"), trials.caller(channel)
    seat = done(lp.post("/bookings", booking(learner, emma, START)))["seat"]
    change = caller.post("/teacher-changes", {"seat": seat, "teacher": id_of(tom)})
    assert refused(change) == (403, "channel_may_not")
    assert done(lp.get(f"/lessons/{seat}"))["teacher"] == id_of(emma)


def test_TM_3_CC_3_are_not_for_others(trials: Desk) -> None:
    emma, tom, learner = teacher(trials, START), teacher(trials, START), pupil(trials)
    wish = booking(learner, emma, START, product="trial")
    seat = done(trials.caller("tmk").post("/bookings", wish))["seat"]
    for channel in ("parents-h5", "teachers", "lp", "supply", "curriculum"):
        change = {"seat": seat, "teacher": id_of(tom)}
        answer = trials.caller(channel).post("/teacher-changes", change)
        assert refused(answer) == (403, "channel_may_not"), channel


@CONSULTANTS
def test_TM_5_CC_5_a_learner_who_had_a_trial_takes_no_other_ones_place(
    trials: Desk, channel: str
) -> None:
    later = START + HALF_HOUR
    emma, caller = teacher(trials, START, later), trials.caller(channel)
    first, second, third = (pupil(trials) for _ in range(3))
    wishes = [
        booking(first, emma, START, product="trial"),
        booking(second, emma, later, product="trial"),
    ]
    seats = [done(caller.post("/bookings", wish))["seat"] for wish in wishes]
    swap = caller.post("/student-swaps", {"seat": seats[0], "learner": id_of(second)})
    assert refused(swap) == (409, "trial_limit_reached")
    done(caller.post("/student-swaps", {"seat": seats[0], "learner": id_of(third)}))
    # Who was swapped out may have a trial again.
    trials.open(emma, later + HALF_HOUR)
    again = booking(first, emma, later + HALF_HOUR, product="trial")
    done(caller.post("/bookings", again))
