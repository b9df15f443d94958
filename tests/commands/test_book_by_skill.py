"""Whoever books is told by bits what a teacher teaches, and by words where these share a bit."""

import pytest

from tests import asking, world
from tests.world import NOW, SKILLS, Company, half_hours_ahead
from yueke.inventory.models import OWN_BITS

START = half_hours_ahead(count=4)
OTHERS = [skill for skill in SKILLS if not skill.startswith("major:")]


@pytest.mark.parametrize("words_before", [0, OWN_BITS], ids=["own bit", "shared bit"])
def test_a_teacher_is_booked_for_what_they_teach_now(cn: Company, words_before: int) -> None:
    world.add_teacher(company=cn, skills=[], tags=[f"word {n}" for n in range(words_before)])
    learner = world.add_learner(company=cn)
    actor = asking.parent_of(family=learner.family)
    teachers = [
        world.add_teacher(company=cn, skills=skills, opens=[START])
        for skills in (["major:3"], OTHERS, ["major:3", "major:4"])
    ]
    teachers[2].skills = ["major:4", *OTHERS]
    teachers[2].save()

    def outcome_of(place: int) -> list[str]:
        command = asking.to_book(learner=learner, teacher=teachers[place], starts_at=START)
        return asking.codes(asking.book(actor=actor, commands=[command], now=NOW))

    assert outcome_of(1) == ["teacher_does_not_teach"]
    assert outcome_of(2) == ["teacher_does_not_teach"]
    assert outcome_of(0) == ["done"]
