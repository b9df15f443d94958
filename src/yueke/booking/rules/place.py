"""Whether a learner may leave a lesson whose time stays sold, or take a place in one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from yueke.booking.refusals import (
    CourseDiffers,
    LearnerBusy,
    LessonAlreadyCancelled,
    LessonAlreadyStarted,
)
from yueke.booking.rules.book import check_learner
from yueke.booking.rules.cancel import refund_of
from yueke.booking.rules.facts import Cell, Facts
from yueke.booking.rules.lesson import LockedLesson, check_has_teacher
from yueke.booking.rules.pay import choose_lots
from yueke.booking.rules.slot import check_skill
from yueke.curriculum.refusals import CourseNotOpen
from yueke.curriculum.rules import ProductFacts
from yueke.inventory.refusals import SlotTargeted
from yueke.inventory.rules.locked_slot import TaughtSlot
from yueke.wallet.rules import Holding


@dataclass(slots=True)
class Leave:
    """The learner of a lesson's seat leaves it; so much comes back."""

    lesson: LockedLesson
    refund: int


@dataclass(slots=True)
class Take:
    """A learner takes a place in a lesson that is there, and what pays for it."""

    lesson: LockedLesson
    learner_id: int
    course_id: int | None
    product: ProductFacts
    asset: str
    payments: list[tuple[Holding, int]]

    @property
    def price(self) -> int:
        """What the place costs, in units of the asset."""
        return self.product.prices[self.asset]

    @property
    def free_cancel_until(self) -> datetime:
        """Until when the learner may leave again and have it all back."""
        return self.lesson.starts_at - timedelta(hours=self.product.free_cancel_hours)


def decide_leave(lesson: LockedLesson, *, side: str, now: datetime) -> Leave:
    """Let the seat's learner leave before the lesson; refunds are those of a cancellation.

    Refuses: lesson_already_cancelled, lesson_already_started.
    """
    if lesson.seat_state != "live":
        raise LessonAlreadyCancelled(lesson.seat_id)
    if lesson.starts_at <= now:
        raise LessonAlreadyStarted(lesson.seat_id)
    refund = refund_of(
        side=side,
        paid=lesson.paid,
        starts_at=lesson.starts_at,
        free_hours=lesson.free_cancel_hours,
        now=now,
        company_refunds=lesson.company_refunds,
    )
    return Leave(lesson, refund)


def decide_fake_cancel(lesson: LockedLesson, *, side: str, now: datetime) -> Leave:
    """Let the seat's learner leave a lesson whose teacher's time is kept.

    Refuses: lesson_already_cancelled, lesson_already_started, lesson_has_no_teacher.
    """
    leave = decide_leave(lesson, side=side, now=now)
    check_has_teacher(lesson)
    return leave


def check_has_place(lesson: LockedLesson, now: datetime) -> None:
    """Refuse where the seat is neither taken nor was the last that a kept lesson had.

    Refuses: lesson_already_cancelled, lesson_already_started.
    """
    if lesson.seat_state != "live" and lesson.state != "vacant":
        raise LessonAlreadyCancelled(lesson.seat_id)
    if lesson.starts_at <= now:
        raise LessonAlreadyStarted(lesson.seat_id)


def decide_take(
    facts: Facts,
    lesson: LockedLesson,
    slots: Mapping[Cell, TaughtSlot],
    *,
    learner_id: int,
    beside: Collection[int],
    asset: str,
    lot_id: int | None = None,
) -> Take:
    """Let a learner take the place; `beside` are the learners who stay in the lesson.

    Refuses: course_not_open, level_too_low, trial_limit_reached, course_differs, slot_targeted,
    teacher_does_not_teach, learner_busy, and as `rules.pay.choose_lots`.
    """
    product = facts.products[lesson.product]
    course = facts.courses.get((learner_id, product.id))
    if course is None:
        raise CourseNotOpen(product.code)
    course_id, level = course
    check_learner(facts, learner_id, product)
    if beside and course_id != lesson.course_id:
        raise CourseDiffers(learner_id)
    for cell in lesson.times:
        if lesson.teacher_id is not None:
            _check_slot(slots[lesson.teacher_id, cell], learner_id, product, level)
        if (learner_id, cell) in facts.busy:
            raise LearnerBusy(learner_id, cell)
    payments = choose_lots(
        facts, learner_id=learner_id, product=product, asset=asset, lot_id=lot_id
    )
    return Take(lesson, learner_id, course_id, product, asset, payments)


def decide_return(
    facts: Facts, lesson: LockedLesson, *, learner_id: int, asset: str, refunded: int
) -> Take:
    """Let a learner have the place again that they lost, for what came back.

    Refuses: learner_busy, and as `rules.pay.choose_lots`.
    """
    sold = facts.products[lesson.product]
    product = replace(sold, prices={**sold.prices, asset: refunded})
    for cell in lesson.times:
        if (learner_id, cell) in facts.busy:
            raise LearnerBusy(learner_id, cell)
    payments = choose_lots(facts, learner_id=learner_id, product=product, asset=asset, lot_id=None)
    return Take(lesson, learner_id, lesson.course_id, product, asset, payments)


def _check_slot(slot: TaughtSlot, learner_id: int, product: ProductFacts, level: int) -> None:
    if not slot.is_for(learner_id=learner_id, product_id=product.id):
        raise SlotTargeted(slot.teacher_id, slot.starts_at)
    check_skill(slot.skills, slot.teacher_id, product.code, level)
