"""Slots tell what their teachers can do, whoever changes teachers while others release time."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from tests import asking, world
from tests.concurrency.meeting import Changes, altered, overtaken
from tests.world import NOW, Company, half_hours_ahead
from yueke.inventory import operations as inventory
from yueke.inventory.models import Ability
from yueke.kernel.transaction import Work
from yueke.people.models import Teacher

NO_TEACHER_LOCK: Changes = {"lock_teacher": ("FOR SHARE", "")}
_DIFFERING = """SELECT count(*) FROM slot s JOIN teacher t ON t.id = s.teacher_id
                WHERE s.abilities <> abilities_of(t.skills || t.tags) OR s.rating <> t.rating"""


def releasing(teacher: Teacher, changes: Changes) -> Callable[[], Any]:
    """Return what opens a half-hour, and stops once it is written."""

    def operation(work: Work) -> object:
        return inventory.release(
            work,
            actor=asking.teacher_of(teacher=teacher),
            now=NOW,
            teacher_id=teacher.pk,
            starts=[half_hours_ahead(count=4)],
            target=None,
        )

    return altered(operation, stops_after="insert_slots", changes=changes)


def changing(teacher: Teacher) -> Callable[[], Any]:
    """Return what gives a teacher another rating and a word that is new."""

    def act() -> None:
        mine = Teacher.objects.get(pk=teacher.pk)
        mine.rating, mine.tags = 490, ["exam"]
        mine.save()

    return act


@pytest.mark.parametrize(("changes", "differing"), [({}, 0), (NO_TEACHER_LOCK, 1)])
def test_who_changes_a_teacher_waits_for_the_time_just_released(
    company: Company, changes: Changes, differing: int
) -> None:
    emma = world.add_teacher(company=company, rating=410, tags=["kids"])
    overtaken(releasing(emma, changes), changing(emma))
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERING)
        assert cursor.fetchone() == (differing,)


def test_new_words_of_two_teachers_at_once_have_a_bit_each(company: Company) -> None:
    def operation(work: Work) -> None:
        emma = world.add_teacher(company=company, skills=[], tags=["kids", "exam"])
        work.run("yueke.inventory", "lock_teacher", (company.market_id, emma.pk))

    overtaken(
        altered(operation, stops_after="lock_teacher"),
        lambda: world.add_teacher(company=company, name="Tom", skills=[], tags=["kids", "gentle"]),
    )
    bits = Ability.objects.order_by("bit").values_list("bit", "word")
    assert list(bits) == [(0, "exam"), (1, "kids"), (2, "gentle")]
