"""Many want one half-hour of a teacher: exactly one gets it (I-1)."""

from collections.abc import Callable
from datetime import timedelta

from tests import asking, world
from tests.concurrency import doing
from tests.concurrency.doing import NO_SLOT_LOCK
from tests.concurrency.meeting import Changes, at_once, overtaken
from tests.world import NOW, Company, half_hours_ahead
from yueke.booking.models import Lesson
from yueke.cli.verify import laws
from yueke.inventory import commands as inventory
from yueke.inventory.models import Slot
from yueke.inventory.orders import Target
from yueke.people.models import Learner, Teacher

START = half_hours_ahead(count=100)


def booking(learner: Learner, teacher: Teacher) -> Callable[[], list[str]]:
    """Return what books the half-hour."""
    return doing.booking(learner=learner, teacher=teacher, starts_at=START)


def stopped(
    learner: Learner, teacher: Teacher, changes: Changes | None = None
) -> Callable[[], list[str]]:
    """Return what books it, but waits at the gate once it has read all it decides on."""
    return doing.stopped_booking(learner=learner, teacher=teacher, starts_at=START, changes=changes)


def test_of_many_at_once_one_books_and_the_others_are_told_it_is_taken(company: Company) -> None:
    for _ in range(3):
        teacher = world.add_teacher(company=company, opens=[START])
        learners = [world.add_learner(company=company) for _ in range(8)]
        results = at_once(*(booking(learner, teacher) for learner in learners))
        assert sorted(results) == [["done"]] + [["slot_already_taken"]] * 7
        assert Lesson.objects.filter(teacher_id=teacher.id).count() == 1


def test_who_comes_while_another_is_booking_waits_and_is_told_it_is_taken(
    company: Company,
) -> None:
    teacher = world.add_teacher(company=company, opens=[START])
    one, two = (world.add_learner(company=company) for _ in range(2))
    assert overtaken(stopped(one, teacher), stopped(two, teacher)) == (
        ["done"],
        ["slot_already_taken"],
    )


def test_control_without_the_slot_s_lock_both_have_a_lesson(company: Company) -> None:
    teacher = world.add_teacher(company=company, opens=[START])
    one, two = (world.add_learner(company=company) for _ in range(2))
    results = overtaken(stopped(one, teacher, NO_SLOT_LOCK), stopped(two, teacher, NO_SLOT_LOCK))
    assert results == (["done"], ["done"])
    assert Lesson.objects.filter(teacher_id=teacher.id, starts_at=START).count() == 2
    assert "I-1" in [finding.law.id for finding in laws.check(now=NOW) if finding.broken]


def withdrawing(teacher: Teacher) -> Callable[[], list[str]]:
    """Return what withdraws the half-hour."""
    request = asking.request(actor=asking.teacher_of(teacher=teacher), now=NOW)
    return lambda: asking.codes_of(
        inventory.withdraw_slots(request, teacher_id=teacher.id, starts=[START])
    )


def test_a_teacher_who_withdraws_while_it_is_being_booked_is_told_it_is_taken(
    company: Company,
) -> None:
    teacher = world.add_teacher(company=company, opens=[START])
    learner = world.add_learner(company=company)
    results = overtaken(stopped(learner, teacher), withdrawing(teacher))
    assert results == (["done"], ["slot_already_taken"])
    assert Slot.objects.get().state == "booked"


def test_control_without_the_slot_s_lock_a_lesson_is_left_without_its_slot(
    company: Company,
) -> None:
    teacher = world.add_teacher(company=company, opens=[START])
    learner = world.add_learner(company=company)
    results = overtaken(stopped(learner, teacher, NO_SLOT_LOCK), withdrawing(teacher))
    assert results == (["done"], ["done"])
    assert Lesson.objects.get().state == "booked"
    assert not Slot.objects.exists()


def test_book_and_withdraw_at_once_agree_on_who_was_first(company: Company) -> None:
    learners = [world.add_learner(company=company) for _ in range(2)]
    for _ in range(5):
        teacher = world.add_teacher(company=company, opens=[START])
        *booked, [withdrawn] = at_once(
            *(booking(learner, teacher) for learner in learners), withdrawing(teacher)
        )
        slots = Slot.objects.filter(teacher_id=teacher.id)
        if withdrawn == "done":
            assert not slots.exists()
            assert not Lesson.objects.filter(teacher_id=teacher.id).exists()
        else:
            assert withdrawn == "slot_already_taken"
            assert ["done"] in booked
        for learner in learners:
            learner.family.refresh_from_db()
        learners = [world.add_learner(company=company) for _ in range(2)]


def reserved(company: Company, learner: Learner) -> Teacher:
    """Return a teacher whose half-hour is kept for the learner for an hour."""
    teacher = world.add_teacher(company=company)
    world.open_slots(
        company=company,
        teacher=teacher,
        starts=[START],
        target=Target("student", learner.id),
        reserved_until=NOW + timedelta(hours=1),
    )
    return teacher


def expiring() -> int:
    """Remove what is no longer kept, an hour later."""
    return inventory.expire_reservations(now=NOW + timedelta(hours=1))


def test_a_reservation_that_is_being_booked_does_not_expire(company: Company) -> None:
    learner = world.add_learner(company=company)
    teacher = reserved(company, learner)
    assert overtaken(stopped(learner, teacher), expiring) == (["done"], 0)
    assert Slot.objects.get().state == "booked"
    assert expiring() == 0


def test_control_without_the_slot_s_lock_a_booked_reservation_is_gone(company: Company) -> None:
    learner = world.add_learner(company=company)
    teacher = reserved(company, learner)
    assert overtaken(stopped(learner, teacher, NO_SLOT_LOCK), expiring) == (["done"], 1)
    assert Lesson.objects.exists()
    assert not Slot.objects.exists()
