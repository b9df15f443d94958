"""Deeds about single lessons: booked, left, called off, taught by another, finished."""

from datetime import datetime, timedelta

from tests import asking
from tests.simulation.drawing import Drawing
from yueke.booking import call_off, lessons
from yueke.booking.models import Lesson, Seat
from yueke.booking.orders import Cancelled, CancelSeat
from yueke.inventory import commands as inventory
from yueke.inventory.models import Slot
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.notices.once import Request
from yueke.people.models import Learner, Teacher
from yueke.supply.matching import commands as matching
from yueke.supply.overbooking import overbook as overbooking


def overbook(draw: Drawing) -> None:
    """A newcomer's trial, without a teacher."""
    rng = draw.hand.rng
    learner, starts_at = rng.choice(draw.cast.newcomers), draw.soon(days=2)
    actor = draw.cast.staff(rng.choice(["cc", "tmk"]))
    if rng.random() < 0.3:
        actor = asking.parent_of(family=learner.family)
    results = draw.hand.ask(
        actor,
        lambda one: overbooking.overbook(one, learner_id=learner.pk, starts_at=starts_at),
    )
    draw.note(results)


def book(draw: Drawing) -> None:
    """A learner's lesson with a teacher who has the time open, or had it a moment ago."""
    rng = draw.hand.rng
    learner, starts_at = draw.learner(), draw.soon()
    mine = [teacher.pk for teacher in draw.cast.majors]
    slot = draw.one_of(Slot.objects.filter(starts_at=starts_at, teacher_id__in=mine, state="open"))
    teacher = Teacher.objects.get(pk=slot.teacher_id) if slot else rng.choice(draw.cast.majors)
    command = asking.to_book(learner=learner, teacher=teacher, starts_at=starts_at)

    def act(request: Request) -> Answer[object] | Refusal:
        order = asking.order_of(actor=request.actor, commands=[command], key=request.key)
        return asking.book_orders(orders=[order], now=request.now)[0]  # type: ignore[return-value]

    draw.note(draw.hand.ask(draw.cast.staff("lp"), act))


def cancel(draw: Drawing) -> None:
    """A family or staff leave a seat, sometimes one that was left already."""
    seat = draw.seat()
    if seat is None:
        return
    learner = Learner.objects.get(pk=seat.learner_id)
    actor = draw.hand.rng.choice(
        [draw.cast.staff("cc"), draw.cast.staff("lp"), asking.parent_of(family=learner.family)]
    )

    def act(request: Request) -> Answer[Cancelled] | Refusal:
        command = CancelSeat(seat.pk)
        order = asking.order_of(actor=request.actor, commands=[command], key=request.key)
        return asking.cancel_orders(orders=[order], now=request.now)[0]

    draw.hand.ask(actor, act)


def call_off_one(draw: Drawing) -> None:
    """A teacher drops out of a lesson."""
    taught = Lesson.objects.filter(state="booked", teacher_id__isnull=False)
    seat = draw.seat(lesson_id__in=taught.values("id"), state="live")
    if seat is not None:
        teacher = draw.teacher_of(Lesson.objects.get(pk=seat.lesson_id).teacher_id)
        draw.hand.ask(teacher, lambda one: call_off.call_off(one, seat_id=seat.pk))


def withdraw(draw: Drawing) -> None:
    """A teacher takes a half-hour back, or tries to."""
    teacher, starts = draw.hand.rng.choice(draw.cast.teachers), [draw.soon()]
    draw.hand.ask(
        asking.teacher_of(teacher=teacher),
        lambda one: inventory.withdraw_slots(one, teacher_id=teacher.pk, starts=starts),
    )


def release(draw: Drawing) -> None:
    """A teacher offers a half-hour more."""
    teacher, starts = draw.hand.rng.choice(draw.cast.teachers), [draw.soon()]
    draw.hand.ask(
        asking.teacher_of(teacher=teacher),
        lambda one: inventory.release_slots(one, teacher_id=teacher.pk, starts=starts),
    )


def rematch(draw: Drawing) -> None:
    """Support has another teacher found for a trial that is about to begin or has begun."""
    before = draw.hand.now - timedelta(minutes=25)
    trials = Lesson.objects.filter(
        product_id=draw.cast.company.products["trial"].pk,
        starts_at__range=(before, before + timedelta(hours=1)),
    )
    seat = draw.seat(begins_after=before, lesson_id__in=trials.values("id"))
    if seat is not None:
        fireman = draw.cast.staff("fireman")
        draw.hand.ask(fireman, lambda one: matching.rematch(one, seat_id=seat.pk))


def finish(draw: Drawing, starts_at: datetime) -> None:
    """Support finishes most lessons of a half-hour."""
    taught = Lesson.objects.filter(starts_at=starts_at, teacher_id__isnull=False)
    live = Seat.objects.filter(lesson_id__in=taught.values("id"), state="live")
    for seat_id in list(live.order_by("id").values_list("id", flat=True)):
        if draw.hand.rng.random() < 0.9:
            _finish(draw, seat_id)


def _finish(draw: Drawing, seat_id: int) -> None:
    fireman = draw.cast.staff("fireman")
    draw.hand.ask(fireman, lambda one: lessons.finish(one, seat_id=seat_id))
