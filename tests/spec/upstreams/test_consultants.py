"""Course consultants and telemarketing: learning progress, and cancelling."""

import pytest

from tests.served import Desk, ahead, balances, booking, done, id_of, refused

CONSULTANTS = pytest.mark.parametrize("channel", ["cc", "tmk"])


@CONSULTANTS
def test_TM_7_CC_8_create_learning_progress(company: Desk, channel: str) -> None:
    start = ahead(hours=30)
    emma, learner = company.teacher(start), company.learner(studies=[], credit=1)
    lp, caller = company.caller("lp"), company.caller(channel)
    wish = booking(learner, emma, start)
    assert refused(lp.post("/bookings", wish)) == (409, "course_not_open")
    course = {"learner": id_of(learner), "product": "major", "level": 3}
    assert done(caller.post("/courses", course)) == {**course, "is_new": True}
    assert done(caller.post("/courses", {**course, "level": 4})) == {**course, "is_new": False}
    done(lp.post("/bookings", wish))


@CONSULTANTS
def test_TM_6_CC_6_cancel_and_everything_comes_back(company: Desk, channel: str) -> None:
    start = ahead(hours=2)
    emma, learner = company.teacher(start), company.learner(credit=1)
    lp, caller = company.caller("lp"), company.caller(channel)
    seat = done(lp.post("/bookings", booking(learner, emma, start)))["seat"]
    done(caller.post("/cancellations", {"seat": seat, "reason": "家长改期"}))
    assert balances(lp, learner) == {"credit": 1}


def test_LP_5_opens_a_course_once(company: Desk) -> None:
    learner, lp = company.learner(studies=[]), company.caller("lp")
    course = {"learner": id_of(learner), "product": "level7", "level": 3}
    key = "open it"
    assert done(lp.post("/courses", course, key=key))["is_new"]
    assert done(lp.post("/courses", course, key=key))["is_new"]
    assert not done(lp.post("/courses", course))["is_new"]
    kinds = [e["kind"] for e in done(lp.get("/events", learner=id_of(learner)))["events"]]
    assert kinds.count("course.opened") == 1


def test_LP_5_refuses_a_course_that_is_not_there(company: Desk, other_company: Desk) -> None:
    learner, lp = company.learner(studies=[]), company.caller("lp")
    course = {"learner": id_of(learner), "product": "major", "level": 3}
    unknown = lp.post("/courses", {**course, "level": 9})
    assert refused(unknown) == (422, "course_unknown")
    assert refused(lp.post("/courses", {**course, "product": "chess"})) == (422, "product_unknown")
    abroad = {**course, "learner": id_of(other_company.learner())}
    assert refused(lp.post("/courses", abroad)) == (404, "learner_not_found")


def test_LP_5_asked_beforehand_nothing_happens(company: Desk) -> None:
    learner, lp = company.learner(studies=[], credit=0), company.caller("lp")
    course = {"learner": id_of(learner), "product": "major", "level": 3}
    asked = lp.post("/courses?dry_run=true", course, key="asked")
    assert (asked.status_code, asked.json()["is_new"]) == (200, True)
    assert done(lp.get("/events", learner=id_of(learner)))["events"] == []
    # The key was not used up.
    assert done(lp.post("/courses", {**course, "level": 4}, key="asked"))["is_new"]


def test_H5_8_parents_open_a_special_course_and_book_it(company: Desk) -> None:
    start = ahead(hours=30)
    emma, learner = company.teacher(start), company.learner(studies=["major"], credit=2)
    parents = company.parents(learner)
    wish = booking(learner, emma, start, product="special")
    assert refused(parents.post("/bookings", wish)) == (409, "course_not_open")
    course = {"learner": id_of(learner), "product": "special", "level": 3}
    assert done(parents.post("/courses", course))["is_new"]
    done(parents.post("/bookings", wish))


def test_H5_8_is_for_special_courses_of_their_own_children(company: Desk) -> None:
    learner, stranger = company.learner(studies=[]), company.learner(studies=[])
    parents = company.parents(learner)
    special = {"learner": id_of(learner), "product": "special", "level": 3}
    major = parents.post("/courses", {**special, "product": "major"})
    assert refused(major) == (403, "channel_may_not")
    others = parents.post("/courses", {**special, "learner": id_of(stranger)})
    assert refused(others) == (404, "learner_not_found")
    for channel in ("parents-pc", "teachers", "fireman", "supply", "marketing"):
        caller = company.caller(channel)
        assert refused(caller.post("/courses", special)) == (403, "channel_may_not"), channel
