"""What a teacher teaches, as staff read it."""

from yueke.portals.skills import skill_words

NAMES = {"major": "Major course", "special": "Special course"}


def test_levels_that_follow_one_another_are_joined() -> None:
    skills = ["major:2", "major:1", "major:3", "special:7", "special:2"]
    words = skill_words(skills=skills, names=NAMES)
    assert words == "Major course 1–3 · Special course 2, 7"


def test_a_product_without_a_name_goes_by_its_code() -> None:
    assert skill_words(skills=["chess:4"], names=NAMES) == "chess 4"


def test_who_teaches_nothing_has_no_words() -> None:
    assert skill_words(skills=[], names=NAMES) == ""
