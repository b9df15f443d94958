"""Who has enough: rows of a run that their rules ask for no more."""

from collections.abc import Sequence
from dataclasses import dataclass

from yueke.kernel.columns import numbers, texts
from yueke.kernel.transaction import Question, Work
from yueke.people.operations import lock_learners
from yueke.supply.runs.models import WeeklyRun
from yueke.supply.runs.rows import ClaimedRow
from yueke.supply.runs.weeks import Week


@dataclass(slots=True)
class SurplusRow:
    """A row whose lesson would be one too many."""

    place: int


def surplus_of(run: WeeklyRun, week: Week, work: Work, wanted: Sequence[ClaimedRow]) -> set[int]:
    """Return places of rows beyond what their rules ask for, by what learners have now (SD-10).

    Of several rows of a rule the first come first. Locks the learners, so that nobody books them
    a lesson until the caller's transaction ends.
    """
    asked = {
        "market_id": run.market_id,
        "places": numbers(row.place for row in wanted),
        "learners": numbers(row.learner_id for row in wanted),
        "products": texts(row.product for row in wanted),
        "begin": week.begin,
        "end": week.end,
    }
    learners = {row.learner_id for row in wanted}
    with work.together():
        work.ask(lock_learners(market_id=run.market_id, learner_ids=learners))
        # A statement of its own: it is to see what was booked until the locks were had.
        found = work.ask(Question(__package__, "surplus", asked, SurplusRow))
    [surplus] = found.fetch()
    return {row.place for row in surplus}
