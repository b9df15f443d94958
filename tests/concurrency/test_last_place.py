"""Two want the last place without a teacher: one gets it, for the lock on its half-hour (SD-7)."""

from collections.abc import Callable
from typing import Any

from tests import asking
from tests.concurrency.meeting import Changes, altered, overtaken
from tests.concurrency.wait_commands import AT_THE_LAST_PLACE, TRIAL, Scene
from tests.world import NOW, Company
from yueke.booking.models import Lesson
from yueke.booking.operations.book import book
from yueke.booking.orders import BookLesson
from yueke.kernel.transaction import Work
from yueke.supply.overbooking.overbook import PERMISSION

NO_ROOM_LOCK: Changes = {"lock_rooms": ("pg_advisory_xact_lock(key)", "key")}


def wanting(scene: Scene, name: str, changes: Changes) -> Callable[[], Any]:
    """Return what overbooks for a learner, and stops once it has seen how much room there is."""
    command = BookLesson(scene.learners[name].pk, None, scene.start, TRIAL, permission=PERMISSION)

    def operation(work: Work) -> list[str]:
        order = asking.order_of(actor=scene.staff("cc"), commands=[command])
        [answer] = book(work, market_id=scene.company.market_id, now=NOW, orders=[order])
        return asking.codes_of(answer)

    return altered(operation, stops_after="rooms", changes=changes)


def without_teacher(scene: Scene) -> int:
    """Count the lessons of the half-hour that have no teacher."""
    return Lesson.objects.filter(starts_at=scene.start, teacher_id=None).count()


def test_of_two_who_want_the_last_place_the_second_waits_and_finds_it_taken(
    company: Company,
) -> None:
    scene = AT_THE_LAST_PLACE.lay_out(company)
    results = overtaken(wanting(scene, "Zoe", {}), wanting(scene, "Fay", {}))
    assert results == (["done"], ["overbook_full"])
    assert without_teacher(scene) == 2


def test_control_without_the_half_hours_lock_both_have_the_last_place(company: Company) -> None:
    scene = AT_THE_LAST_PLACE.lay_out(company)
    unlocked = (wanting(scene, name, NO_ROOM_LOCK) for name in ("Zoe", "Fay"))
    assert overtaken(*unlocked) == (["done"], ["done"])
    assert without_teacher(scene) == 3
