"""A run begins once and ends once, and the log tells of each with it."""

from datetime import date, datetime
from typing import Any

from yueke.kernel.actor import Actor
from yueke.kernel.transaction import Work, begin
from yueke.notices import operations as notices
from yueke.notices.operations import Happened
from yueke.supply.runs import queries
from yueke.supply.runs.models import WeeklyRun


def start(*, market_id: int, kind: str, week: date, now: datetime) -> WeeklyRun:
    """Return the run of the week of a Monday, started and told of if there was none yet.

    Whoever comes second finds it (weekly_run_once_a_week).
    """
    with begin() as work:
        run, is_new = WeeklyRun.objects.get_or_create(
            market_id=market_id, kind=kind, week=week, defaults={"started_at": now}
        )
        if is_new:
            run.started_event_id = _tell(work, run, "started", now)
            run.save(update_fields=["started_event_id"])
        return run


def finish(run: WeeklyRun, *, now: datetime) -> None:
    """Note that a run is finished, and tell how many of its lessons were booked and missed.

    Of several workers the first does. Locks the run.
    """
    with begin() as work:
        fresh = WeeklyRun.objects.select_for_update().get(pk=run.pk)
        if fresh.finished_at is not None:
            return
        counts = queries.counts_of(run_ids=[run.pk])[run.pk]
        told = _tell(work, fresh, "finished", now, booked=counts["booked"], missed=counts["missed"])
        fresh.finished_at, fresh.finished_event_id = now, told
        fresh.save(update_fields=["finished_at", "finished_event_id"])


def _tell(work: Work, run: WeeklyRun, what: str, now: datetime, **counts: int) -> int:
    """Append what happened to a run; return the event's number."""
    data: dict[str, Any] = {"run": run.pk, "run_kind": run.kind, "week": run.week.isoformat()}
    event = Happened(
        0, f"{run.told_as}.{what}", Actor(run.market_id, "job", 0, "supply"), data=data | counts
    )
    notices.append_one(work, at=now, event=event)
    return event.id
