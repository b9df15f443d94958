"""Monday's runs of dedicated teachers: their time kept, then their learners' times booked."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, time
from zoneinfo import ZoneInfo

from yueke.booking.models import Lesson, Seat
from yueke.kernel.alone import alone
from yueke.kernel.outcome import json_text
from yueke.kernel.transaction import begin
from yueke.people.models import Market
from yueke.supply.dedicated.models import Dedicated
from yueke.supply.dedicated.priority import keep_week
from yueke.supply.runs import rows, telling
from yueke.supply.runs.carrying import carry_out
from yueke.supply.runs.models import WeeklyRun
from yueke.supply.runs.rows import NewRow
from yueke.supply.runs.weeks import due_week
from yueke.supply.weeks import WEEK, instant_of, of_half_hour

Kind = WeeklyRun.Kind
# What is run, of which product, from when on Mondays by the market's wall clock.
RUNS = {
    Kind.PRIORITY: ("", time(0, 0)),
    Kind.DEDICATED_LEVEL7: ("level7", time(0, 0)),
    Kind.DEDICATED: ("major", time(8, 0)),
}


def run_due(*, now: Callable[[], datetime]) -> int:
    """Start what is due in any market, and go on with what is not finished (SD-1, SD-2, SD-3).

    Returns how many runs were carried on. A week is run once; what was missed is caught up until
    the week begins.
    """
    for market in Market.objects.all():
        for kind, (_, at) in RUNS.items():
            week = due_week(now=now(), zone=market.zone, at=at)
            if week is not None:
                telling.start(market_id=market.pk, kind=kind, week=week.monday, now=now())
    unfinished = WeeklyRun.objects.filter(kind__in=list(RUNS), finished_at=None).order_by("id")
    found = list(unfinished)
    for run in found:
        go_on(run, now=now)
    return len(found)


def go_on(run: WeeklyRun, *, now: Callable[[], datetime]) -> None:
    """Plan a run, one worker alone; then book what waits, any number at once."""
    if run.planned_at is None:
        with alone(f"plan of run {run.pk}") as is_mine:
            run.refresh_from_db()
            if is_mine and run.planned_at is None:
                _plan(run, now())
    if run.planned_at is not None:
        # Only this teacher will do: there is nothing to be tried instead.
        carry_out(run, now=now)


def _plan(run: WeeklyRun, now: datetime) -> None:
    if run.kind == Kind.PRIORITY:
        keep_week(market_id=run.market_id, week=run.week, now=now)
        wanted: list[NewRow] = []
    else:
        wanted = list(_wanted(run, RUNS[Kind(run.kind)][0]))
    with begin() as work:
        fresh = WeeklyRun.objects.select_for_update().get(pk=run.pk)
        if fresh.planned_at is None:
            rows.insert(work, run_id=run.pk, rows=wanted)
            fresh.planned_at = now
            fresh.save(update_fields=["planned_at"])
    run.planned_at = fresh.planned_at


def _wanted(run: WeeklyRun, product: str) -> Iterator[NewRow]:
    """Yield a row for each weekly time of each learner, but for those booked by hand already."""
    zone = ZoneInfo(Market.objects.values_list("zone", flat=True).get(pk=run.market_id))
    live = Dedicated.objects.filter(market_id=run.market_id, product=product, ended_at=None)
    mine = list(live.order_by("id"))
    booked = _booked(run, zone, {one.learner_id for one in mine})
    for one in mine:
        for half_hour in one.times:
            at = of_half_hour(half_hour).at(run.week, zone)
            if (one.learner_id, one.teacher_id, at) in booked:
                continue
            teacher_id = None if at is None else one.teacher_id
            why = json_text({"reason": "time_skipped"} if at is None else {"teacher": "dedicated"})
            yield NewRow(one.learner_id, product, one.asset, teacher_id, at, why)


def _booked(
    run: WeeklyRun, zone: ZoneInfo, learner_ids: Iterable[int]
) -> set[tuple[int, int | None, datetime | None]]:
    """Return learner, teacher and time of what these learners have booked in the week."""
    seats = Seat.objects.filter(
        market_id=run.market_id,
        learner_id__in=learner_ids,
        starts_at__gte=instant_of(run.week, zone),
        starts_at__lt=instant_of(run.week + WEEK, zone),
        state=Seat.State.LIVE,
    )
    found = list(seats.values_list("learner_id", "lesson_id", "starts_at"))
    lessons = Lesson.objects.filter(id__in=[lesson for _, lesson, _ in found])
    teachers = dict(lessons.values_list("id", "teacher_id"))
    return {(learner, teachers[lesson], at) for learner, lesson, at in found}
