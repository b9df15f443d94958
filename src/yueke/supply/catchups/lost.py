"""What a learner has lost: found by what names it, and listed for who books it by hand."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from yueke.booking.models import Lesson, Seat
from yueke.curriculum import queries as curriculum
from yueke.supply.catchups.models import CatchUp
from yueke.supply.contracts.models import Contract, ContractLesson
from yueke.supply.contracts.queries import CAME_BACK
from yueke.supply.runs.models import WeeklyRow, WeeklyRun

LOOKED_BACK = timedelta(days=60)
_RUNS = (WeeklyRun.Kind.DEDICATED, WeeklyRun.Kind.DEDICATED_LEVEL7)


@dataclass(frozen=True, slots=True)
class LostKey:
    """What names a lost lesson: its kind, its row, and a part of that."""

    kind: str
    id: int
    part: int = 0


@dataclass(frozen=True, slots=True)
class Lost:
    """A lesson that a learner should have had. `free`: it was charged and not refunded."""

    key: LostKey
    learner_id: int
    product: str
    teacher_id: int | None
    starts_at: datetime | None
    free: bool


def of_week(contract_id: int, week: date) -> LostKey:
    """Return what names a contract's lesson of a week."""
    return LostKey(CatchUp.Lost.CONTRACT, contract_id, week.toordinal())


def find(*, market_id: int, key: LostKey) -> Lost | None:
    """Return a lost lesson of a market, caught up on or not; none if it was not lost (SD-5)."""
    if key.kind == CatchUp.Lost.RUN:
        rows = WeeklyRow.objects.filter(run_id=key.id, place=key.part)
        return next(_of_rows(market_id, rows), None)
    if key.kind == CatchUp.Lost.CONTRACT:
        week = date.fromordinal(max(1, key.part))
        weeks = ContractLesson.objects.filter(contract_id=key.id, week=week)
        return next(_of_contracts(market_id, weeks), None)
    return next(_of_seats(market_id, Seat.objects.filter(id=key.id)), None)


def list_lost(*, market_id: int, learner_id: int, now: datetime) -> list[Lost]:
    """Return what a learner lost lately and has not caught up on, the latest time first."""
    found = lost_of(market_id=market_id, learner_ids=[learner_id], now=now)
    since = now - LOOKED_BACK
    return sorted(found, key=lambda one: one.starts_at or since, reverse=True)


def lost_of(*, market_id: int, learner_ids: Collection[int], now: datetime) -> list[Lost]:
    """Return what learners lost lately and have not caught up on."""
    since = now - LOOKED_BACK
    rows = WeeklyRow.objects.filter(learner_id__in=learner_ids, starts_at__gte=since)
    contracts = Contract.objects.filter(market_id=market_id, learner_id__in=learner_ids)
    weeks = ContractLesson.objects.filter(
        contract_id__in=contracts.values("id"), starts_at__gte=since
    )
    seats = Seat.objects.filter(learner_id__in=learner_ids, starts_at__gte=since)
    caught = CatchUp.objects.filter(market_id=market_id, learner_id__in=learner_ids)
    done = {LostKey(one.lost_kind, one.lost_id, one.lost_part) for one in caught}
    found = [
        *_of_rows(market_id, rows),
        *_of_contracts(market_id, weeks),
        *_of_seats(market_id, seats),
    ]
    return [one for one in found if one.key not in done]


def _of_rows(market_id: int, rows: QuerySet[WeeklyRow]) -> Iterator[Lost]:
    found = list(rows.filter(state=WeeklyRow.State.MISSED))
    runs = WeeklyRun.objects.filter(market_id=market_id, kind__in=_RUNS)
    known = set(runs.filter(id__in={row.run_id for row in found}).values_list("id", flat=True))
    for row in found:
        if row.run_id in known:
            key = LostKey(CatchUp.Lost.RUN, row.run_id, row.place)
            yield Lost(key, row.learner_id, row.product, row.teacher_id, row.starts_at, free=False)


def _of_contracts(market_id: int, weeks: QuerySet[ContractLesson]) -> Iterator[Lost]:
    found = list(weeks.filter(state__in=CAME_BACK))
    contracts = Contract.objects.filter(market_id=market_id)
    known = contracts.in_bulk({week.contract_id for week in found})
    for week in found:
        contract = known.get(week.contract_id)
        if contract is not None:
            key = of_week(contract.pk, week.week)
            yield Lost(
                key,
                contract.learner_id,
                contract.product,
                contract.teacher_id,
                week.starts_at,
                free=False,
            )


def _of_seats(market_id: int, seats: QuerySet[Seat]) -> Iterator[Lost]:
    is_lost = Q(state=Seat.State.CANCELLED) | Q(absent=True)
    found = list(seats.filter(is_lost, market_id=market_id))
    lessons = Lesson.objects.in_bulk({seat.lesson_id for seat in found})
    codes = curriculum.codes(market_id=market_id)
    for seat in found:
        lesson = lessons[seat.lesson_id]
        yield Lost(
            LostKey(CatchUp.Lost.SEAT, seat.pk),
            seat.learner_id,
            codes[lesson.product_id],
            lesson.teacher_id,
            seat.starts_at,
            free=seat.paid > seat.refunded,
        )
