"""Locks are taken in one written order, so that nobody ever waits in a circle."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from psycopg.errors import DeadlockDetected

from tests import asking, world
from tests.concurrency.meeting import Changes, altered, at_once, behind
from tests.world import NOW, Company, half_hours_ahead
from yueke.booking.models import Lesson, Seat, SeatCell
from yueke.booking.operations.book import book
from yueke.booking.orders import Booked, BookLesson
from yueke.cli.verify import laws
from yueke.inventory import commands as inventory
from yueke.inventory.models import Slot
from yueke.kernel.actor import Actor
from yueke.kernel.transaction import Work
from yueke.people.models import Learner, Teacher
from yueke.wallet import commands as wallet

STARTS = [half_hours_ahead(count=n) for n in range(100, 106)]
FROM_THE_LAST: dict[str, Changes] = {
    "slot": {
        "lock_slots": (
            "ORDER BY s.teacher_id, s.starts_at",
            "ORDER BY s.teacher_id DESC, s.starts_at DESC",
        )
    },
    "learner": {"lock_learners": ("ORDER BY id", "ORDER BY id DESC")},
}


def lists_that_cross(company: Company, over: str) -> tuple[list[BookLesson], list[BookLesson], str]:
    """Return two lists that share three slots, or three learners, in opposite order.

    The third part is the statement that holds the one in the middle.
    """
    starts = STARTS[:3]
    if over == "slot":
        teacher = world.add_teacher(company=company, opens=starts)
        lists = [
            [
                asking.to_book(
                    learner=world.add_learner(company=company), teacher=teacher, starts_at=start
                )
                for start in starts
            ]
            for _ in range(2)
        ]
        held = f"SELECT 1 FROM slot WHERE starts_at = '{starts[1].isoformat()}' FOR UPDATE"
    else:
        learners = [world.add_learner(company=company) for _ in range(3)]
        lists = [
            [
                asking.to_book(
                    learner=learner,
                    teacher=world.add_teacher(company=company, opens=[start]),
                    starts_at=start,
                )
                for learner in learners
            ]
            for start in starts[:2]
        ]
        held = f"SELECT 1 FROM learner WHERE id = {learners[1].id} FOR UPDATE"
    return lists[0], lists[1][::-1], held


def booking(
    company: Company, commands: list[BookLesson], changes: Changes | None = None
) -> Callable[[], list[str]]:
    """Return what books a list, with its statements changed."""
    lp = asking.staff_of(market_id=company.market_id)
    order = asking.order_of(actor=lp, commands=commands)

    def operation(work: Work) -> list[str]:
        [answer] = book(work, market_id=company.market_id, now=NOW, orders=[order])
        return asking.codes_of(answer)

    return altered(operation, changes=changes)


@pytest.mark.parametrize("over", FROM_THE_LAST)
def test_two_lists_in_opposite_order_do_not_deadlock(company: Company, over: str) -> None:
    one, two, held = lists_that_cross(company, over)
    first, second = behind(held, booking(company, one), booking(company, two))
    assert first == ["done"] * 3
    assert second == (["slot_already_taken"] if over == "slot" else ["done"]) * 3


@pytest.mark.parametrize("over", FROM_THE_LAST)
def test_control_locks_taken_from_either_end_deadlock(company: Company, over: str) -> None:
    one, two, held = lists_that_cross(company, over)
    outcomes = behind(held, booking(company, one), booking(company, two, FROM_THE_LAST[over]))
    assert sum(isinstance(outcome, DeadlockDetected) for outcome in outcomes) == 1
    assert ["done"] * 3 in outcomes


class Caller:
    """One who does anything that may be done, at random, and keeps the seats they got."""

    def __init__(
        self, company: Company, seed: int, learners: list[Learner], teachers: list[Teacher]
    ) -> None:
        self.random = random.Random(seed)
        self.learners = learners
        self.teachers = teachers
        self.lp = asking.staff_of(market_id=company.market_id)
        self.seats: list[int] = []

    def go(self) -> int:
        """Do many things; return how many were carried out."""
        acts = [self.book, self.book, self.book, self.cancel, self.offer, self.withdraw, self.time]
        for _ in range(25):
            self.random.choice(acts)()
        return 25

    def teacher(self) -> tuple[Teacher, Actor]:
        """Choose a teacher."""
        teacher = self.random.choice(self.teachers)
        return teacher, asking.teacher_of(teacher=teacher)

    def book(self) -> None:
        """Book a list in any order, now and then all or none."""
        commands = [
            asking.to_book(
                learner=self.random.choice(self.learners),
                teacher=self.random.choice(self.teachers),
                starts_at=self.random.choice(STARTS),
                product=self.random.choice(["major", "special", "level7"]),
            )
            for _ in range(self.random.randint(1, 6))
        ]
        whole = self.random.random() < 0.2
        results = asking.book(actor=self.lp, commands=commands, now=NOW, all_or_none=whole)
        self.seats += [one.seat_id for one in results if isinstance(one, Booked)]

    def cancel(self) -> None:
        """Leave some seats, some of them left before."""
        chosen = self.random.choices(self.seats, k=3) if self.seats else []
        asking.cancel(actor=self.lp, seats=chosen, now=NOW)

    def offer(self) -> None:
        """Release half-hours in any order."""
        teacher, herself = self.teacher()
        request = asking.request(actor=herself, now=NOW)
        starts = self.random.sample(STARTS, k=4)
        inventory.release_slots(request, teacher_id=teacher.id, starts=starts)

    def withdraw(self) -> None:
        """Withdraw half-hours in any order."""
        teacher, herself = self.teacher()
        request = asking.request(actor=herself, now=NOW)
        starts = self.random.sample(STARTS, k=2)
        inventory.withdraw_slots(request, teacher_id=teacher.id, starts=starts)

    def time(self) -> None:
        """Do what timers do."""
        inventory.expire_reservations(now=NOW)
        wallet.expire_lots(now=NOW)


def test_random_lists_of_many_callers_never_deadlock_and_leave_all_in_order(
    company: Company,
) -> None:
    learners = [world.add_learner(company=company, credit=40) for _ in range(4)]
    teachers = [world.add_teacher(company=company, opens=STARTS) for _ in range(3)]
    callers = [Caller(company, seed, learners, teachers) for seed in range(6)]
    outcomes = at_once(*(caller.go for caller in callers))
    assert outcomes == [25] * 6
    assert_in_order()


def assert_in_order() -> None:
    """Assert that teachers, learners, slots and lessons agree, and that every law holds."""
    assert [finding.law.id for finding in laws.check(now=NOW) if finding.broken] == []
    live = {seat.id: seat for seat in Seat.objects.filter(state="live")}
    lessons = {lesson.id: lesson for lesson in Lesson.objects.filter(state="booked")}
    assert {seat.lesson_id for seat in live.values()} == set(lessons)
    cells: dict[int, set[Any]] = {}
    for cell in SeatCell.objects.all():
        cells.setdefault(cell.seat_id, set()).add((cell.learner_id, cell.starts_at))
    assert set(cells) == set(live)
    booked: dict[int | None, list[Slot]] = {}
    for slot in Slot.objects.exclude(lesson_id=None):
        booked.setdefault(slot.lesson_id, []).append(slot)
    assert set(booked) == set(lessons)
    for id_, lesson in lessons.items():
        assert {slot.teacher_id for slot in booked[id_]} == {lesson.teacher_id}
        assert min(slot.starts_at for slot in booked[id_]) == lesson.starts_at
        assert len(booked[id_]) == lesson.cells == len(cells[id_])
