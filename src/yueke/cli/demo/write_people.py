"""Write teachers, families, learners and where they stand in their courses."""

from collections.abc import Iterator

import numpy as np

from yueke.cli.demo.columns import Flags, Ints
from yueke.cli.demo.copying import copy_arrays, copy_rows
from yueke.cli.demo.learners import Learners
from yueke.cli.demo.tables import rows
from yueke.cli.demo.writing import Writing

_NO_PASSWORD = "!"
# Where the parent is told of lessons: an address that is nobody\'s.
_EMAIL = "parent@example.com"
_USER = ("id", "market_id", "username", "password", "kind", "language", "email", "is_active")
_TEACHER = ("id", "market_id", "user_id", "name", "zone", "rating", "skills", "tags")
_FAMILY = ("id", "market_id", "user_id", "name", "phone")
_LEARNER = (
    *("id", "market_id", "class_teacher_id"),
    *("family_id", "name", "pinyin", "english_name"),
)
Rows = Iterator[tuple[object, ...]]


def write(writing: Writing) -> None:
    """Write everybody but the staff; the first teacher and family are the demo's logins."""
    told = writing.told
    copy_rows("user_login", _USER, _users_of_teachers(writing), told=told)
    copy_rows("user_login", _USER, _users_of_families(writing), told=told)
    copy_rows("teacher", _TEACHER, _teachers(writing), told=told)
    copy_rows("family", _FAMILY, _families(writing), told=told)
    copy_rows("learner", _LEARNER, _learners(writing), told=told)
    for product, having, level, following in _progress(writing.company.learners):
        _write_progress(writing, product, having, level, following)


def _users_of_teachers(writing: Writing) -> Rows:
    first, market = writing.numbers.teacher_user, writing.catalogue.market
    yield first, market, "teacher", writing.catalogue.password, "teacher", "en", "", True
    for place in range(1, writing.company.teachers.count):
        name = f"teacher-{place + 1}"
        yield first + place, market, name, _NO_PASSWORD, "teacher", "en", "", True


def _users_of_families(writing: Writing) -> Rows:
    first, market = writing.numbers.family_user, writing.catalogue.market
    yield first, market, "parent", writing.catalogue.password, "family", "zh-hans", _EMAIL, True
    for place, phone in enumerate(writing.company.families.phones[1:], 1):
        name = phone.replace(" ", "")
        yield first + place, market, name, _NO_PASSWORD, "family", "zh-hans", "", True


def _teachers(writing: Writing) -> Rows:
    teachers, numbers = writing.company.teachers, writing.numbers
    zones = np.array([row["zone"] for row in rows("zones")], object)[teachers.zones]
    everyone = zip(
        teachers.names,
        zones,
        teachers.ratings.tolist(),
        teachers.skills,
        teachers.tags,
        strict=True,
    )
    market = writing.catalogue.market
    for place, facts in enumerate(everyone):
        yield numbers.teacher + place, market, numbers.teacher_user + place, *facts


def _families(writing: Writing) -> Rows:
    families, numbers = writing.company.families, writing.numbers
    market = writing.catalogue.market
    for place, facts in enumerate(zip(families.names, families.phones, strict=True)):
        yield numbers.family + place, market, numbers.family_user + place, *facts


def _learners(writing: Writing) -> Rows:
    learners, numbers = writing.company.learners, writing.numbers
    market, partners = writing.catalogue.market, writing.catalogue.partners
    everyone = zip(
        (numbers.family + learners.family).tolist(),
        learners.names,
        learners.pinyin,
        learners.english,
        strict=True,
    )
    for place, facts in enumerate(everyone):
        yield numbers.learner + place, market, partners[place % len(partners)], *facts


def _progress(learners: Learners) -> Iterator[tuple[str, Flags, Ints, Ints]]:
    """Yield product, who has opened it, their levels, and which lesson is next."""
    in_fours = learners.four_levels >= 0
    following = learners.done + 1
    first = np.ones(learners.count, np.int64)
    yield "major", first > 0, learners.levels, np.where(in_fours, first, following)
    yield "major4", in_fours, learners.four_levels, following
    yield "level7", learners.level7, 7 * first, first
    yield "special", learners.special > 0, learners.special, first


def _write_progress(
    writing: Writing, product: str, having: Flags, level: Ints, following: Ints
) -> None:
    courses = [writing.catalogue.courses.get((product, of), 0) for of in range(8)]
    copy_arrays(
        "learning_progress",
        {
            "learner_id": writing.numbers.learner + np.flatnonzero(having),
            "product_id": np.int64(writing.catalogue.products[product]),
            "course_id": np.array(courses, np.int64)[level[having]],
            "next_number": following[having].astype(np.int16),
        },
        told=writing.told,
    )
