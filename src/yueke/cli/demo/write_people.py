"""Write teachers, families, learners and where they stand in their courses."""

from collections.abc import Iterator

import numpy as np

from yueke.cli.demo.catalogue import Catalogue
from yueke.cli.demo.columns import Flags, Ints
from yueke.cli.demo.company import Company
from yueke.cli.demo.copying import Told, copy_arrays, copy_rows
from yueke.cli.demo.numbers import Numbers
from yueke.cli.demo.tables import rows

_NO_PASSWORD = "!"


def write(*, company: Company, catalogue: Catalogue, numbers: Numbers, told: Told) -> None:
    """Write everybody but the staff; the first teacher and family are the demo's logins."""
    columns = ("id", "market_id", "username", "password", "kind", "language", "email", "is_active")
    copy_rows("user_login", columns, _users(company, catalogue, numbers), told=told)
    _teachers(company, catalogue, numbers, told)
    _families(company, catalogue, numbers, told)
    _learners(company, catalogue, numbers, told)
    for product, having, level, following in _progress(company):
        _write_progress(product, having, level, following, catalogue, numbers, told)


def _users(
    company: Company, catalogue: Catalogue, numbers: Numbers
) -> Iterator[tuple[object, ...]]:
    market = catalogue.market
    for place in range(company.teachers.count):
        name, password = f"teacher-{place}", _NO_PASSWORD
        if place == 0:
            name, password = "teacher", catalogue.password
        number = numbers.teacher_user + place
        yield number, market, name, password, "teacher", "en", "", True
    for place, phone in enumerate(company.families.phones):
        name, password = phone.replace(" ", ""), _NO_PASSWORD
        if place == 0:
            name, password = "parent", catalogue.password
        number = numbers.family_user + place
        yield number, market, name, password, "family", "zh-hans", "", True


def _teachers(company: Company, catalogue: Catalogue, numbers: Numbers, told: Told) -> None:
    teachers = company.teachers
    zones = np.array([row["zone"] for row in rows("zones")], object)[teachers.zones]
    columns = ("id", "market_id", "user_id", "name", "zone", "rating", "skills", "tags")
    everyone = zip(
        teachers.names,
        zones,
        teachers.ratings.tolist(),
        teachers.skills,
        teachers.tags,
        strict=True,
    )
    copy_rows(
        "teacher",
        columns,
        (
            (numbers.teacher + place, catalogue.market, numbers.teacher_user + place, *facts)
            for place, facts in enumerate(everyone)
        ),
        told=told,
    )


def _families(company: Company, catalogue: Catalogue, numbers: Numbers, told: Told) -> None:
    families = company.families
    copy_rows(
        "family",
        ("id", "market_id", "user_id", "name", "phone"),
        (
            (numbers.family + place, catalogue.market, numbers.family_user + place, *facts)
            for place, facts in enumerate(zip(families.names, families.phones, strict=True))
        ),
        told=told,
    )


def _learners(company: Company, catalogue: Catalogue, numbers: Numbers, told: Told) -> None:
    learners = company.learners
    partners = catalogue.partners
    everyone = zip(
        (numbers.family + learners.family).tolist(),
        learners.names,
        learners.pinyin,
        learners.english,
        strict=True,
    )
    copy_rows(
        "learner",
        ("id", "market_id", "class_teacher_id", "family_id", "name", "pinyin", "english_name"),
        (
            (numbers.learner + place, catalogue.market, partners[place % len(partners)], *facts)
            for place, facts in enumerate(everyone)
        ),
        told=told,
    )


def _progress(company: Company) -> Iterator[tuple[str, Flags, Ints, Ints]]:
    """Yield product, who has opened it, their levels, and which lesson is next."""
    learners = company.learners
    in_fours = learners.four_levels >= 0
    following = learners.done + 1
    first = np.ones(learners.count, np.int64)
    yield "major", first > 0, learners.levels, np.where(in_fours, first, following)
    yield "major4", in_fours, learners.four_levels, following
    yield "level7", learners.level7, 7 * first, first
    yield "special", learners.special > 0, learners.special, first


def _write_progress(
    product: str,
    having: Flags,
    level: Ints,
    following: Ints,
    catalogue: Catalogue,
    numbers: Numbers,
    told: Told,
) -> None:
    courses = np.zeros(8, np.int64)
    for (code, of), course in catalogue.courses.items():
        if code == product:
            courses[of] = course
    copy_arrays(
        "learning_progress",
        {
            "learner_id": numbers.learner + np.flatnonzero(having),
            "product_id": np.int64(catalogue.products[product]),
            "course_id": courses[level[having]],
            "next_number": following[having].astype(np.int16),
        },
        told=told,
    )
