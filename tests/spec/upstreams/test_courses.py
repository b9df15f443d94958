"""The all-round advanced with its training camp, level 7, special courses."""

from typing import Any

import pytest

from tests.served import Desk, ahead, balances, booking, done, id_of, refused, written
from tests.spec.upstreams.offering import add_product, stand_at
from yueke.curriculum.models import Course
from yueke.kernel.grid import HALF_HOUR
from yueke.people.models import Learner, Teacher

pytestmark = pytest.mark.usefixtures("every_law_holds")
FIRST, SECOND = ahead(hours=30), ahead(hours=31)
MAY = pytest.mark.parametrize("channel", ["curriculum", "cc"])


@pytest.fixture
def allround(company: Desk) -> Desk:
    """Return a company with the all-round advanced."""
    add_product(company, "allround", {"credit": 2})
    return company


def pair(company: Desk) -> tuple[Teacher, Teacher]:
    """Add a Chinese and a foreign teacher of it, each with time of their own."""
    skills = ["allround:3"]
    lin = company.teacher(FIRST, name="林", skills=skills, tags=["chinese"])
    return lin, company.teacher(SECOND, skills=skills, tags=["native"])


def dual(learner: Learner, chinese: Teacher, foreign: Teacher) -> dict[str, Any]:
    """Return the body that asks for both."""
    return {
        "learner": id_of(learner),
        "chinese": {"teacher": id_of(chinese), "starts_at": written(FIRST)[0]},
        "foreign": {"teacher": id_of(foreign), "starts_at": written(SECOND)[0]},
    }


@MAY
def test_CU_1_CC_2_book_both_teachers_of_a_dual_pair_in_one_act(
    allround: Desk, channel: str
) -> None:
    (lin, emma), learner = pair(allround), allround.learner(studies=["allround"], credit=4)
    caller = allround.caller(channel)
    answer = done(caller.post("/dual-bookings", dual(learner, lin, emma)))
    assert answer["booked"] == 2
    assert [one["teacher"] for one in answer["results"]] == [id_of(lin), id_of(emma)]
    assert balances(allround.caller("lp"), learner) == {}


@MAY
def test_CU_1_CC_2_both_or_neither(allround: Desk, channel: str) -> None:
    (lin, emma), learner = pair(allround), allround.learner(studies=["allround"], credit=3)
    answer = done(allround.caller(channel).post("/dual-bookings", dual(learner, lin, emma)))
    assert answer["booked"] == 0
    assert [one["code"] for one in answer["results"]] == ["list_refused", "balance_too_low"]
    assert balances(allround.caller("lp"), learner) == {"credit": 3}


def test_CU_1_needs_one_teacher_of_each_kind(allround: Desk) -> None:
    (lin, emma), learner = pair(allround), allround.learner(studies=["allround"], credit=4)
    curriculum = allround.caller("curriculum")
    for chinese, foreign in ((emma, lin), (emma, emma), (lin, lin)):
        answer = curriculum.post("/dual-bookings", dual(learner, chinese, foreign))
        assert refused(answer) == (422, "dual_pair_invalid")
    assert balances(allround.caller("lp"), learner) == {"credit": 4}


def test_CU_1_and_CC_2_are_not_for_others(allround: Desk, other_company: Desk) -> None:
    (lin, emma), learner = pair(allround), allround.learner(studies=["allround"], credit=4)
    wish = dual(learner, lin, emma)
    for channel in ("parents-pc", "parents-h5", "teachers", "tmk", "fireman", "supply"):
        answer = allround.caller(channel).post("/dual-bookings", wish)
        assert refused(answer) == (403, "channel_may_not"), channel
    abroad = other_company.caller("curriculum").post("/dual-bookings", wish)
    assert refused(abroad) == (404, "teacher_not_found")


def test_CU_2_creates_learning_progress_in_the_training_camp_and_books_it(allround: Desk) -> None:
    (lin, _), learner = pair(allround), allround.learner(studies=[], credit=2)
    curriculum = allround.caller("curriculum")
    wish = booking(learner, lin, FIRST, product="allround")
    assert refused(curriculum.post("/bookings", wish)) == (409, "course_not_open")
    camp = {"learner": id_of(learner), "product": "allround", "level": 3}
    assert done(curriculum.post("/courses", camp))["is_new"]
    done(curriculum.post("/bookings", wish))


def test_CU_2_opens_courses_of_the_all_round_advanced_alone(allround: Desk) -> None:
    learner = allround.learner(studies=[])
    curriculum = allround.caller("curriculum")
    camp = {"learner": id_of(learner), "product": "allround", "level": 3}
    for product in ("major", "special", "level7"):
        answer = curriculum.post("/courses", {**camp, "product": product})
        assert refused(answer) == (403, "channel_may_not"), product
    missing = curriculum.post("/courses", {**camp, "level": 9})
    assert refused(missing) == (422, "course_unknown")
    higher = allround.company.products["allround"]
    Course.objects.create(market=higher.market, product=higher, level=4, name="Camp 4")
    opened = [done(curriculum.post("/courses", {**camp, "level": level})) for level in (3, 4)]
    # Who has begun it stays where they are.
    assert [(one["level"], one["is_new"]) for one in opened] == [(3, True), (3, False)]
    events = done(allround.caller("lp").get("/events", learner=id_of(learner)))["events"]
    assert [one["kind"] for one in events if one["kind"] == "course.opened"] == ["course.opened"]


def test_CU_2_is_not_for_parents_teachers_or_supply(allround: Desk) -> None:
    learner = allround.learner(studies=[])
    camp = {"learner": id_of(learner), "product": "allround", "level": 3}
    for channel in ("parents-pc", "parents-h5", "teachers", "supply", "marketing"):
        answer = allround.caller(channel).post("/courses", camp)
        assert refused(answer) == (403, "channel_may_not"), channel


def test_H5_5_books_a_special_course_lesson(company: Desk) -> None:
    emma, learner = company.teacher(FIRST), company.learner(studies=["special"], credit=2)
    parents = company.parents(learner)
    wish = booking(learner, emma, FIRST, product="special")
    pc = company.parents(learner, channel="parents-pc").post("/bookings", wish)
    assert refused(pc) == (403, "channel_may_not")
    assert done(parents.post("/bookings", wish))["paid"] == {"asset": "credit", "amount": 2}
    assert balances(parents, learner) == {}


def test_H5_6_books_level_7_once_the_learner_has_reached_it(company: Desk) -> None:
    level7 = company.company.products["level7"]
    level7.major_level_needed = 7
    level7.save()
    emma, learner = company.teacher(FIRST, FIRST + HALF_HOUR), company.learner(credit=3)
    parents = company.parents(learner)
    wish = booking(learner, emma, FIRST, product="level7")
    early = parents.post("/bookings", wish)
    assert refused(early) == (409, "level_too_low")
    assert (early.json()["product"], early.json()["level"]) == ("level7", 7)
    stand_at(company, learner, "major", 7)
    done(parents.post("/bookings", wish))


def test_H5_6_is_refused_to_who_has_no_major_course(company: Desk) -> None:
    level7 = company.company.products["level7"]
    level7.major_level_needed = 7
    level7.save()
    emma = company.teacher(FIRST, FIRST + HALF_HOUR)
    learner = company.learner(studies=["level7"], credit=3)
    wish = booking(learner, emma, FIRST, product="level7")
    assert refused(company.parents(learner).post("/bookings", wish)) == (409, "level_too_low")
    pc = company.parents(learner, channel="parents-pc").post("/bookings", wish)
    assert refused(pc) == (403, "channel_may_not")
