"""The online classroom: open classes, until they are handed over to curriculum."""

from datetime import UTC, datetime

import pytest

from tests.open_classes import (
    created,
    new_class,
    place,
    published,
    seats_left,
    sell_classes,
)
from tests.served import Desk, done, refused


@pytest.fixture
def school(company: Desk) -> Desk:
    """Return a company that sells open classes."""
    sell_classes(company.company)
    return company


def hand_over(school: Desk) -> None:
    """Have operations hand open classes over now."""
    change = {"policy": "open_class_handover", "value": datetime.now(UTC).isoformat()}
    done(school.caller("supply").post("/policies", change))


def test_CL_1_creates_describes_and_publishes_a_class(school: Desk) -> None:
    classroom, emma = school.caller("classroom"), school.teacher()
    lesson = created(classroom, emma)
    text = {"lesson": lesson, "title_zh": "绘本", "title_en": "Picture books"}
    done(classroom.post("/class-descriptions", text))
    done(classroom.post("/class-publications", {"lesson": lesson}))
    [seen] = done(school.parents(school.learner()).get("/classes"))["classes"]
    assert (seen["title_en"], seen["published"]) == ("Picture books", True)


def test_CL_1_leaves_it_to_curriculum_to_take_a_class_out_of_sight(school: Desk) -> None:
    lesson = published(school)
    answer = school.caller("classroom").post("/class-unpublications", {"lesson": lesson})
    assert refused(answer) == (403, "channel_may_not")
    assert done(school.caller("curriculum").get(f"/classes/{lesson}"))["published"] is True


def test_CL_1_is_over_from_the_hand_over_on(school: Desk) -> None:
    classroom, emma, other = school.caller("classroom"), school.teacher(), school.teacher()
    lesson = created(classroom, emma)
    hand_over(school)
    text = {"lesson": lesson, "title_zh": "a", "title_en": "a"}
    for path, body in (
        ("/classes", new_class(other)),
        ("/class-descriptions", text),
        ("/class-publications", {"lesson": lesson}),
        ("/class-cancellations", {"lesson": lesson}),
        ("/class-attendances", {"lesson": lesson, "seats": []}),
    ):
        assert refused(classroom.post(path, body)) == (403, "classes_handed_over"), path
    curriculum = school.caller("curriculum")
    done(curriculum.post("/class-publications", {"lesson": lesson}))
    created(curriculum, other)


def test_CL_2_books_and_cancels_for_a_learner(school: Desk) -> None:
    classroom, learner, lesson = school.caller("classroom"), school.learner(), published(school)
    seat = done(classroom.post("/class-bookings", place(learner, lesson)))["seat"]
    assert seats_left(classroom, lesson) == 2
    cancelled = done(classroom.post("/cancellations", {"seat": seat, "reason": "家长要求"}))
    assert cancelled["refunded"] == cancelled["paid"]
    assert seats_left(classroom, lesson) == 3


def test_CL_2_is_over_from_the_hand_over_on(school: Desk) -> None:
    classroom, learner, lesson = school.caller("classroom"), school.learner(), published(school)
    seat = done(classroom.post("/class-bookings", place(learner, lesson)))["seat"]
    hand_over(school)
    other = school.learner()
    for path, body in (
        ("/class-bookings", place(other, lesson)),
        ("/class-waits", place(other, lesson)),
        ("/class-wait-ends", place(other, lesson)),
        ("/cancellations", {"seat": seat}),
    ):
        assert refused(classroom.post(path, body)) == (403, "classes_handed_over"), path
    curriculum = school.caller("curriculum")
    assert seats_left(curriculum, lesson) == 2
    done(curriculum.post("/cancellations", {"seat": seat}))
