"""Read runs, how far they are, and their rows."""

from collections.abc import Sequence

from django.db.models import Count, QuerySet

from yueke.kernel.actor import Actor
from yueke.people import channels
from yueke.supply.runs.models import WeeklyRow, WeeklyRun
from yueke.supply.runs.refusals import RunNotFound, RunRowNotFound

Counts = dict[str, int]


def list_runs(*, actor: Actor, kind: str, before_id: int | None = None) -> QuerySet[WeeklyRun]:
    """Return a market's runs of a kind, the last first (SD-10). Refuses: channel_may_not."""
    channels.require(actor, "see", "auto-runs")
    found = WeeklyRun.objects.filter(market_id=actor.market_id, kind=kind).order_by("-id")
    return found if before_id is None else found.filter(id__lt=before_id)


def get_run(*, actor: Actor, kind: str, run_id: int) -> WeeklyRun:
    """Return a run. Refuses: channel_may_not, run_not_found."""
    found = list_runs(actor=actor, kind=kind).filter(id=run_id).first()
    if found is None:
        raise RunNotFound(run_id)
    return found


def counts_of(*, run_ids: Sequence[int]) -> dict[int, Counts]:
    """Return how many rows of each run are waiting, booked and missed."""
    counts: dict[int, Counts] = {
        run_id: dict.fromkeys(WeeklyRow.State.values, 0) for run_id in run_ids
    }
    rows = WeeklyRow.objects.filter(run_id__in=run_ids).values_list("run_id", "state")
    for run_id, state, count in rows.annotate(count=Count("place")).order_by():
        counts[run_id][state] = count
    return counts


def rows_of(
    *,
    run: WeeklyRun,
    state: str | None = None,
    learner_ids: Sequence[int] | None = None,
    after: int | None = None,
) -> QuerySet[WeeklyRow]:
    """Return rows of a run in their order, perhaps in one state, or of some learners only.

    `after` is the place that ended the page before.
    """
    found = WeeklyRow.objects.filter(run_id=run.pk).order_by("place")
    if state is not None:
        found = found.filter(state=state)
    if learner_ids is not None:
        found = found.filter(learner_id__in=learner_ids)
    return found if after is None else found.filter(place__gt=after)


def get_row(*, run: WeeklyRun, place: int, lock: bool = False) -> WeeklyRow:
    """Return a row of a run, perhaps locked, or refuse (run_row_not_found)."""
    rows = WeeklyRow.objects.select_for_update() if lock else WeeklyRow.objects.all()
    found = rows.filter(run_id=run.pk, place=place).first()
    if found is None:
        raise RunRowNotFound(place)
    return found
