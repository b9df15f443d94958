"""Trials of today, each in the place of a lesson that its family called off this morning."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta
from itertools import zip_longest

from yueke.booking import commands as booking
from yueke.booking.models import Lesson, Seat
from yueke.booking.orders import Booked, BookLesson, CancelSeat, Order
from yueke.cli.demo.weeks import BEIJING
from yueke.curriculum import commands as curriculum
from yueke.curriculum.models import Product
from yueke.kernel.actor import Actor
from yueke.kernel.refusal import Refusal
from yueke.notices.once import Request
from yueke.people.models import Teacher

EACH = 3
_TRIAL, _MAJOR = "trial", "major"
_LEVEL = 1


def play(
    *,
    lp: Actor,
    bookers: Sequence[Actor],
    learner_ids: Iterable[int],
    spared: Collection[int],
    now: datetime,
) -> None:
    """Let each booker book trials for today: as much of it stays booked as the seed says.

    No lesson of the learners who are `spared` is called off.
    """
    learners = iter(learner_ids)
    turns = [booker for _ in range(EACH) for booker in bookers]
    for booker, lesson in zip(turns, _of_today(lp.market_id, spared, now), strict=False):
        _call_off(lp, lesson, now)
        any(_book(booker, learner_id, lesson, now) for learner_id in learners)


def _of_today(market_id: int, spared: Collection[int], now: datetime) -> Iterator[Lesson]:
    """Give lessons to come today whose teachers take trials, one of each half-hour in turn."""
    local = now.astimezone(BEIJING)
    midnight = datetime.combine(local.date() + timedelta(days=1), time(), BEIJING)
    takers = Teacher.objects.filter(
        market_id=market_id, skills__contains=[f"{_TRIAL}:{_LEVEL}"]
    ).values("id")
    lessons = Lesson.objects.filter(
        market_id=market_id,
        product_id=Product.objects.get(market_id=market_id, code=_MAJOR).pk,
        state=Lesson.State.BOOKED,
        teacher_id__in=takers,
        starts_at__gt=now,
        starts_at__lt=midnight,
    ).exclude(id__in=Seat.objects.filter(learner_id__in=spared).values("lesson_id"))
    of_time: dict[datetime, list[Lesson]] = {}
    for lesson in lessons.order_by("starts_at", "id"):
        of_time.setdefault(lesson.starts_at, []).append(lesson)
    for in_turn in zip_longest(*of_time.values()):
        yield from (lesson for lesson in in_turn if lesson)


def _call_off(lp: Actor, lesson: Lesson, now: datetime) -> None:
    seats = Seat.objects.filter(lesson_id=lesson.pk, state=Seat.State.LIVE)
    commands = [CancelSeat(seat.pk, reason="临时有事") for seat in seats]
    key = f"demo-called-off-{lesson.pk}"
    order = Order(lp, key, _hash(key), commands)
    booking.cancel_seats(market_id=lp.market_id, now=now, orders=[order])


def _book(booker: Actor, learner_id: int, lesson: Lesson, now: datetime) -> bool:
    """Open a learner's trial and book it; tell whether they could come."""
    key = f"demo-today-{learner_id}"
    opening = Request(booker, f"{key}-open", _hash(key), now)
    curriculum.open_course_of(opening, learner_id=learner_id, product=_TRIAL, level=_LEVEL)
    command = BookLesson(learner_id, lesson.teacher_id, lesson.starts_at, _TRIAL)
    order = Order(booker, key, _hash(key), [command])
    [answer] = booking.book_lessons(market_id=booker.market_id, now=now, orders=[order])
    return not isinstance(answer, Refusal) and isinstance(answer.results[0], Booked)


def _hash(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()
