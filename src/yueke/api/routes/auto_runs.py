"""Weekly runs of auto-booking: foreseen, watched, explained, and completed by hand."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Status

from yueke.api import answers, reading
from yueke.api.asked import DryRun, KeyHeader, request_of
from yueke.api.callers import actor_of
from yueke.api.schemas.auto_runs import (
    AutoRowBookedOut,
    AutoRowBookIn,
    AutoRowExplainedOut,
    AutoRowsOut,
    AutoRunOut,
    AutoRunsOut,
    ForeseenOut,
)
from yueke.api.showing import auto
from yueke.api.window import Cursor, Limit
from yueke.kernel.grid import show_instant
from yueke.people import public_ids
from yueke.people import queries as people
from yueke.supply.autobooking import foreseeing, instead
from yueke.supply.runs import commands, queries
from yueke.supply.runs.commands import Chosen
from yueke.supply.runs.models import WeeklyRow, WeeklyRun
from yueke.supply.runs.refusals import RunNotFound, RunRowNotFound

router = Router(tags=["Auto-booking"])
KIND = WeeklyRun.Kind.AUTO
State = Literal["waiting", "booked", "missed"]
ROWS_MAX = 2**31 - 1


@router.get("/auto-previews", response=answers.read(ForeseenOut), summary="Foresee next week")
def foresee(
    request: HttpRequest,
    learner: str | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> Any:
    """Plan next week as the run would, now, and book nothing: for one learner or the market."""
    found = foreseeing.foresee(
        actor=actor_of(request),
        now=datetime.now(UTC),
        learner_id=None if learner is None else reading.learner_id(learner),
        size=limit,
    )
    return {
        "week": found.week.monday.isoformat(),
        "booked": found.booked,
        "missed": found.missed,
        "reasons": found.reasons,
        "rows": [auto.foreseen_row(row) for row in found.rows],
    }


@router.get("/auto-runs", response=answers.read(AutoRunsOut), summary="List runs")
def list_runs(request: HttpRequest, cursor: Cursor = None, limit: Limit = 50) -> Any:
    """List the weekly runs, the last first, with how many rows each has in which state."""
    before = reading.cursor(cursor)
    found = queries.list_runs(
        actor=actor_of(request), kind=KIND, before_id=None if before is None else before[1]
    )
    runs = list(found[:limit])
    counts = queries.counts_of(run_ids=[run.pk for run in runs])
    more = reading.show_cursor(0, runs[-1].pk) if len(runs) == limit else None
    return {"runs": [auto.auto_run(run, counts[run.pk]) for run in runs], "next": more}


@router.get("/auto-runs/{run}", response=answers.read(AutoRunOut), summary="Read a run")
def get_run(request: HttpRequest, run: str) -> Any:
    """Return one run, with how far it is."""
    found = _run(request, run)
    return auto.auto_run(found, queries.counts_of(run_ids=[found.pk])[found.pk])


@router.get("/auto-runs/{run}/rows", response=answers.read(AutoRowsOut), summary="List rows")
def list_rows(
    request: HttpRequest,
    run: str,
    state: State | None = None,
    learner: str | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Any:
    """List the rows of a run in their order, perhaps in one state or of one learner only."""
    after = reading.cursor(cursor)
    found = queries.rows_of(
        run=_run(request, run),
        state=state,
        learner_ids=None if learner is None else [reading.learner_id(learner)],
        after=None if after is None else min(after[1], ROWS_MAX),
    )
    rows = list(found[:limit])
    more = reading.show_cursor(0, rows[-1].place) if len(rows) == limit else None
    return {"rows": _shown(rows), "next": more}


@router.get(
    "/auto-runs/{run}/rows/{place}",
    response=answers.read(AutoRowExplainedOut),
    summary="Explain a row",
)
def explain(request: HttpRequest, run: str, place: int) -> Any:
    """Return a row with why it is so, and of a missed one three times near by that are free now."""
    found = _run(request, run)
    if not 0 <= place <= ROWS_MAX:
        raise RunRowNotFound(str(place)[:64])
    row = queries.get_row(run=found, place=place)
    [shown] = _shown([row])
    actor, now = actor_of(request), datetime.now(UTC)
    choices, taken = instead.explained(actor=actor, now=now, run=found, row=row)
    names = people.names_of_teachers(ids={teacher for _, teacher in choices})
    return {
        **shown,
        "alternatives": [
            {
                "starts_at": show_instant(start),
                "teacher": public_ids.show("tch", teacher),
                "teacher_name": names[teacher],
            }
            for start, teacher in choices
        ],
        "taken": [
            {
                "starts_at": show_instant(start),
                "learners": [public_ids.show("lrn", learner) for learner in learners],
            }
            for start, learners in taken
        ],
    }


@router.post(
    "/auto-run-bookings",
    response=answers.rehearsable(AutoRowBookedOut),
    summary="Book a missed row",
)
def book_missed(
    request: HttpRequest, body: AutoRowBookIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """Book for a row that was missed a teacher and a time chosen for it."""
    chosen = Chosen(
        run_id=_run_id(body.run),
        place=body.place,
        teacher_id=reading.teacher_id(body.teacher),
        starts_at=reading.instant(body.starts_at),
    )
    asked = request_of(request, key, dry_run=dry_run)
    done = commands.book_missed(asked, kind=KIND, chosen=chosen, reason=body.reason).only()
    return Status(200 if dry_run else 201, auto.row_booked(done))


def _run_id(text: str) -> int:
    number = public_ids.read("arn", text)
    if number is None:
        raise RunNotFound(text[:64])
    return number


def _run(request: HttpRequest, text: str) -> WeeklyRun:
    return queries.get_run(actor=actor_of(request), kind=KIND, run_id=_run_id(text))


def _shown(rows: list[WeeklyRow]) -> list[dict[str, Any]]:
    learners = people.names_of_learners(ids={row.learner_id for row in rows})
    teachers = people.names_of_teachers(ids={row.teacher_id for row in rows if row.teacher_id})
    return [auto.auto_row(row, learners, teachers) for row in rows]
