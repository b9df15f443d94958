"""Whether two lessons may exchange their learners, their teachers, or both: their times."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from yueke.booking.refusals import LessonsDiffer, NothingToExchange
from yueke.booking.rules.facts import Cell, Facts
from yueke.booking.rules.lesson import (
    LockedLesson,
    check_has_teacher,
    check_lives_on,
    check_slot,
)
from yueke.booking.rules.place import Leave, Take, decide_leave, decide_take
from yueke.booking.rules.slot import free_slot
from yueke.curriculum.rules import TRIAL
from yueke.inventory.rules.locked_slot import TaughtSlot
from yueke.wallet.operations import Spend

Pair = tuple[LockedLesson, LockedLesson]
Slots = Mapping[Cell, TaughtSlot]


def cells_of_both(pair: Pair) -> set[Cell]:
    """Return the half-hours of both lessons, for the learners of both."""
    return {
        (learner_id, cell)
        for learner_id in (lesson.learner_id for lesson in pair)
        for lesson in pair
        for cell in lesson.times
    }


def decide_learners(
    facts: Facts,
    pair: Pair,
    slots: Slots,
    spends: Sequence[Spend],
    *,
    side: str,
    revive_days: int,
) -> list[tuple[Leave, Take]]:
    """Let each learner leave their lesson and take the other's place; `facts` change with it.

    What comes back into a lot past its time is good for `revive_days`, here as well. Refuses:
    nothing_to_exchange, lesson_already_cancelled, lesson_already_started, and as
    `rules.place.decide_take`.
    """
    if pair[0].learner_id == pair[1].learner_id:
        raise NothingToExchange(pair[1].seat_id)
    leaves = [
        # Who pays anew for another lesson has back what this one cost.
        replace(decide_leave(lesson, side=side, now=facts.now), refund=lesson.paid)
        for lesson in pair
    ]
    for leave in leaves:
        _give_back(facts, leave, spends, timedelta(days=revive_days))
    takes = [
        decide_take(
            facts,
            lesson,
            slots,
            learner_id=comes.learner_id,
            beside=set(lesson.learners) - {lesson.learner_id},
            asset=comes.asset,
        )
        for comes, lesson in (pair, pair[::-1])
    ]
    return list(zip(leaves, takes, strict=True))


def check_teachers(pair: Pair, slots: Slots, now: datetime) -> tuple[int, int]:
    """Return the teachers who exchange their lessons, before these or while they last.

    Refuses: lesson_already_cancelled, lesson_already_finished, lesson_over, nothing_to_exchange,
    slot_not_open, slot_already_taken, slot_targeted, teacher_does_not_teach.
    """
    for lesson in pair:
        check_lives_on(lesson, now)
    one, other = pair
    if one.teacher_id is None or other.teacher_id is None or one.teacher_id == other.teacher_id:
        raise NothingToExchange(other.seat_id)
    opened = _opened(pair, slots)
    for lesson, teacher_id in ((one, other.teacher_id), (other, one.teacher_id)):
        for cell in lesson.times:
            check_slot(lesson, teacher_id, cell, opened.get((teacher_id, cell)), now)
    return one.teacher_id, other.teacher_id


def check_times(pair: Pair, slots: Slots, now: datetime) -> None:
    """Refuse two lessons whose learners and teachers cannot all change to the other's time.

    Refuses: lesson_already_cancelled, lesson_already_finished, lesson_over, lesson_has_no_teacher,
    lessons_differ, nothing_to_exchange, slot_not_open, slot_already_taken, slot_targeted.
    """
    for lesson in pair:
        check_lives_on(lesson, now)
        check_has_teacher(lesson)
        if lesson.seats_taken > 1 or lesson.product_id != pair[0].product_id:
            raise LessonsDiffer(lesson.seat_id)
    one, other = pair
    if one.starts_at == other.starts_at:
        raise NothingToExchange(other.seat_id)
    opened = _opened(pair, slots)
    for lesson, comes in (pair, pair[::-1]):
        assert comes.teacher_id is not None
        for cell in lesson.times:
            free_slot(
                opened.get((comes.teacher_id, cell)),
                comes.teacher_id,
                cell,
                learner_id=comes.learner_id,
                product_id=lesson.product_id,
                now=now,
            )


def _opened(pair: Pair, slots: Slots) -> Slots:
    """Return the slots as they are when both lessons have let go of theirs."""
    given = {(lesson.teacher_id, cell) for lesson in pair for cell in lesson.times}
    return {
        key: replace(slot, state="open") if key in given else slot for key, slot in slots.items()
    }


def _give_back(facts: Facts, leave: Leave, spends: Sequence[Spend], good: timedelta) -> None:
    lesson = leave.lesson
    facts.busy.difference_update((lesson.learner_id, cell) for cell in lesson.times)
    if lesson.product == TRIAL:
        facts.trials[lesson.learner_id].taken -= 1
    if not leave.refund:
        return
    lots = {lot.id: lot for lot in facts.lots.get(lesson.learner_id, ())}
    for spend in spends:
        if spend.seat_id == lesson.seat_id:
            lot = lots[spend.from_account_id]
            if good and lot.expires_at is not None and lot.expires_at <= facts.now:
                # What was left in it has expired.
                lot.balance, lot.expires_at = 0, facts.now + good
            lot.balance += spend.amount
