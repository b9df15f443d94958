"""Slots tell what their teachers can do, whoever changes teachers while others release time."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from tests import asking, world
from tests.concurrency.meeting import Changes, altered, behind, overtaken
from tests.world import NOW, Company, half_hours_ahead
from yueke.booking.call_off import call_off
from yueke.booking.operations.book import book
from yueke.booking.orders import BookLesson
from yueke.inventory import operations as inventory
from yueke.inventory.models import Ability, Slot
from yueke.kernel.grid import floor
from yueke.kernel.outcome import Answer
from yueke.kernel.transaction import Work
from yueke.people.models import Teacher

NO_TEACHER_LOCK: Changes = {"lock_teachers": ("FOR SHARE", "")}
_DIFFERING = """SELECT count(*) FROM slot s JOIN teacher t ON t.id = s.teacher_id
                WHERE s.abilities <> abilities_of(t.skills, t.tags) OR s.rating <> t.rating"""


Making = Callable[[Company, Teacher, Changes], Callable[[], Any]]


def releasing(company: Company, teacher: Teacher, changes: Changes) -> Callable[[], Any]:
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


def forcing(company: Company, teacher: Teacher, changes: Changes) -> Callable[[], Any]:
    """Return what books a half-hour that was not offered, and stops once it is written."""
    learner = world.add_learner(company=company)
    fireman = asking.staff_of(market_id=teacher.market_id, channel="fireman")
    # By the clock: the database knows no other, and leaves lessons that are over as they were.
    now = datetime.now(UTC)
    start = floor(now) + timedelta(days=3)
    command = BookLesson(learner.pk, teacher.pk, start, "major", force=True, permission="force")
    order = asking.order_of(actor=fireman, commands=[command])

    def operation(work: Work) -> object:
        [answer] = book(work, market_id=teacher.market_id, now=now, orders=[order])
        inventory.slots_not_kept(work, market_id=teacher.market_id, freed=[])
        return answer

    return altered(operation, stops_after="slots_not_kept", changes=changes)


def changing(teacher: Teacher) -> Callable[[], Any]:
    """Return what gives a teacher another rating and a word that is new."""

    def act() -> None:
        mine = Teacher.objects.get(pk=teacher.pk)
        mine.rating, mine.tags = 490, ["exam"]
        mine.save()

    return act


def differing_slots() -> int:
    """Count slots that tell something else than what their teachers can do."""
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERING)
        [count] = cursor.fetchone()
    return int(count)


@pytest.mark.parametrize("making", [releasing, forcing])
@pytest.mark.parametrize(("changes", "differing"), [({}, 0), (NO_TEACHER_LOCK, 1)])
def test_who_changes_a_teacher_waits_for_the_time_just_made(
    company: Company, making: Making, changes: Changes, differing: int
) -> None:
    emma = world.add_teacher(company=company, rating=410, tags=["kids"])
    overtaken(making(company, emma, changes), changing(emma))
    assert Slot.objects.count() == 1
    assert differing_slots() == differing


def test_a_teacher_who_is_changed_while_keeping_time_does_not_deadlock(company: Company) -> None:
    now = datetime.now(UTC)
    start = floor(now) + timedelta(days=3)
    emma = world.add_teacher(company=company)
    world.open_slots(company=company, teacher=emma, starts=[start], now=now)
    learner = world.add_learner(company=company)
    command = asking.to_book(learner=learner, teacher=emma, starts_at=start)
    parent = asking.parent_of(family=learner.family)
    booked = asking.book_one(actor=parent, command=command, now=now)
    request = asking.request(actor=asking.teacher_of(teacher=emma), now=now)
    kept = start + timedelta(hours=2)
    answer, changed = behind(
        f"SELECT FROM slot WHERE starts_at = '{start.isoformat()}' FOR UPDATE",
        lambda: call_off(request, seat_id=booked.seat_id, reserve_at=kept),
        changing(emma),
    )
    assert isinstance(answer, Answer), answer
    assert changed is None
    assert differing_slots() == 0


def test_new_words_of_two_teachers_at_once_have_a_bit_each(company: Company) -> None:
    def operation(work: Work) -> None:
        emma = world.add_teacher(company=company, skills=[], tags=["kids", "exam"])
        work.run("yueke.people", "lock_teachers", (company.market_id, [emma.pk]))

    overtaken(
        altered(operation, stops_after="lock_teachers"),
        lambda: world.add_teacher(company=company, name="Tom", skills=[], tags=["kids", "gentle"]),
    )
    bits = Ability.objects.order_by("bit").values_list("bit", "word")
    assert list(bits) == [(0, "#exam"), (1, "#kids"), (2, "#gentle")]
