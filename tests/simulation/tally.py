"""The simulation's own account of every learner, from what was answered and what is stored."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, QuerySet, Sum

from tests.simulation.cast import CREDITS, Cast
from tests.simulation.classroom import Classroom
from yueke.booking.models import Lesson, Seat, SeatCell
from yueke.people import policies
from yueke.supply.catchups.models import CatchUp
from yueke.supply.contracts.models import ContractLesson
from yueke.supply.matching.models import Wait
from yueke.supply.requests.models import LessonRequest
from yueke.supply.runs.models import WeeklyRow, WeeklyRun
from yueke.wallet.models import Account

Wrong = Iterator[str]


def what_is_wrong(cast: Cast, classroom: Classroom, told: set[int], now: datetime) -> list[str]:
    """Return in words all that doesn't add up."""
    return [
        *_seats(told),
        *_wallets(cast),
        *_waits(cast, classroom, now),
        *_requests(now),
        *_contracts(now),
        *_runs(),
        *_catch_ups(),
    ]


def _seats(told: set[int]) -> Wrong:
    """Every seat is known to whoever asked for it, and is live, cancelled or finished."""
    seats = Seat.objects.in_bulk()
    lessons = Lesson.objects.in_bulk()
    known = told | _seats_of(WeeklyRow.objects.all()) | _seats_of(ContractLesson.objects.all())
    yield from (f"seat {one} was told of, and is not there" for one in told - set(seats))
    yield from (f"nobody was told of seat {one}" for one in set(seats) - known)
    cells = Counter(SeatCell.objects.values_list("seat_id", flat=True))
    for seat in seats.values():
        lesson = lessons[seat.lesson_id]
        is_live = seat.state == Seat.State.LIVE
        if is_live and lesson.state not in ("booked", "finished"):
            yield f"live seat {seat.pk} of a lesson that is {lesson.state}"
        if is_live != bool(cells[seat.pk]):
            yield f"seat {seat.pk} is {seat.state} with {cells[seat.pk]} half-hours"


def _seats_of(rows: "QuerySet[Any]") -> set[int]:
    found = rows.filter(seat_id__isnull=False)
    return set(found.values_list("seat_id", flat=True))


def _wallets(cast: Cast) -> Wrong:
    """What a learner was given is there, or paid for a seat and not refunded."""
    for learner in cast.learners + cast.duals:
        yield from _wallet(learner.pk, "credit", CREDITS)
    waited = Counter(Wait.objects.filter(state="given_up").values_list("learner_id", flat=True))
    for learner in cast.newcomers:
        yield from _wallet(learner.pk, "credit", 1)
        yield from _wallet(learner.pk, "coupon", waited[learner.pk])


def _wallet(learner_id: int, asset: str, given: int) -> Wrong:
    lots = Account.objects.filter(learner_id=learner_id, asset=asset)
    seats = Seat.objects.filter(learner_id=learner_id, asset=asset)
    left = lots.aggregate(sum=Sum("balance"))["sum"] or 0
    spent = seats.aggregate(sum=Sum(F("paid") - F("refunded")))["sum"] or 0
    if left + spent != given:
        yield f"learner {learner_id} was given {given} {asset}: {left} left, {spent} spent"


def _waits(cast: Cast, classroom: Classroom, now: datetime) -> Wrong:
    """Whoever was let in has a teacher, or left, or has everything back; nobody waits too long."""
    in_force = policies.in_force(market_id=cast.company.market_id, at=now)
    limit = timedelta(minutes=in_force.number("wait_limit_minutes"))
    seats, lessons = Seat.objects.in_bulk(), Lesson.objects.in_bulk()
    waits = {wait.seat_id: wait for wait in Wait.objects.all()}
    for seat_id in classroom.let_in:
        lesson = lessons[seats[seat_id].lesson_id]
        if seat_id not in waits and lesson.teacher_id is None:
            yield f"seat {seat_id} was let in, and nobody knows"
    for wait in waits.values():
        seat, lesson = seats[wait.seat_id], lessons[wait.lesson_id]
        if wait.state == "waiting" and wait.entered_at + limit <= now:
            yield f"seat {seat.pk} waits since {wait.entered_at}"
        if wait.state == "matched" and seat.state == "live" and lesson.teacher_id is None:
            yield f"seat {seat.pk} was matched, and has no teacher"
        if wait.state == "matched" and wait.teacher_id != (lesson.teacher_id or wait.teacher_id):
            yield f"seat {seat.pk} was matched with {wait.teacher_id}, not {lesson.teacher_id}"
        if wait.state == "given_up" and (seat.state == "live" or seat.refunded != seat.paid):
            yield f"seat {seat.pk} was given up, and is {seat.state}"
        if wait.state == "left" and seat.state == "live" and lesson.teacher_id is None:
            yield f"seat {seat.pk} left, and is live without a teacher"


def _requests(now: datetime) -> Wrong:
    """No request waits beyond its time; an accepted one has the seat that was asked for."""
    late = LessonRequest.objects.filter(state="waiting", expires_at__lte=now)
    yield from (f"request {one.pk} waits still" for one in late)
    seats = Seat.objects.in_bulk()
    for asked in LessonRequest.objects.filter(state="accepted"):
        assert asked.seat_id is not None
        seat = seats[asked.seat_id]
        if (seat.learner_id, seat.starts_at) != (asked.learner_id, asked.starts_at):
            yield f"request {asked.pk} has seat {seat.pk}"


def _contracts(now: datetime) -> Wrong:
    """No week of a contract waits beyond its time; what was freed has no live seat."""
    late = ContractLesson.objects.filter(state="proposed", answer_by__lte=now)
    yield from (f"a week of contract {one.contract_id} waits still" for one in late)
    freed = ContractLesson.objects.filter(state="freed", seat_id__isnull=False)
    live = Seat.objects.filter(id__in=freed.values("seat_id"), state="live")
    yield from (f"seat {one.pk} was freed with its contract, and is live" for one in live)


def _runs() -> Wrong:
    """Every run is finished, and every row of it booked or missed."""
    unfinished = WeeklyRun.objects.filter(finished_at=None)
    yield from (f"run {one.pk} is not finished" for one in unfinished)
    waiting = WeeklyRow.objects.filter(state="waiting")
    yield from (f"a row of run {one.run_id} waits" for one in waiting)


def _catch_ups() -> Wrong:
    """What was caught up on free of charge had been charged and not refunded."""
    seats = Seat.objects.in_bulk()
    for done in CatchUp.objects.all():
        seat = seats[done.seat_id]
        lost = seats[done.lost_id] if done.lost_kind == "seat" else None
        if done.free != (lost is not None and lost.paid > lost.refunded):
            yield f"catch-up {done.pk} is {'' if done.free else 'not '}free"
        if done.free and seat.paid:
            yield f"catch-up {done.pk} was free, and cost {seat.paid}"
