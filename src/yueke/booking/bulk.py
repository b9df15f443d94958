"""One deed with many lessons, classes or learners: asked for at once, carried out one by one.

It is resumed wherever it stops. A row's deed and its outcome commit together, so that whatever is
killed is neither lost nor done twice; several workers may carry one bulk out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog

from yueke.booking.deeds import ACTS, Particulars, do
from yueke.booking.models import Bulk, BulkRow
from yueke.booking.refusals import BulkEmpty, BulkTooLong, DeedBroken
from yueke.kernel import outcome
from yueke.kernel.actor import Actor
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.kernel.transaction import Work, begin
from yueke.notices.once import Request, once
from yueke.people import channels

ROWS_MAX = 200
TRIES = 3
Need = tuple[str, str]
_log = structlog.get_logger()


@dataclass(slots=True)
class BulkStarted:
    """A bulk that a worker will carry out."""

    bulk_id: int


def start_bulk(
    request: Request,
    *,
    deed: str,
    need: Need,
    rows: Sequence[tuple[int, int | None]],
    reason: str,
    terms: Mapping[str, Any] | None = None,
) -> Answer[BulkStarted]:
    """Ask for a deed with many, each by its number and what was chosen for it.

    The number is of a seat, a class or a learner, as the deed wants; `terms` are the same for all.
    `need` is what the channel must be allowed. Refuses: channel_may_not, bulk_empty,
    bulk_too_long; what each row is refused is kept with it.
    """

    def act(work: Work) -> list[BulkStarted]:
        actor = request.actor
        channels.require(actor, *need)
        check_rows(len(rows))
        bulk = Bulk.objects.create(
            market_id=actor.market_id,
            channel=actor.channel,
            actor_kind=actor.kind,
            actor_id=actor.id,
            deed=deed,
            terms=dict(terms or {}),
            reason=reason,
            at=request.now,
        )
        chosen = dict(rows)
        BulkRow.objects.bulk_create(
            BulkRow(bulk_id=bulk.pk, place=place, subject_id=one, chosen=chosen[one])
            for place, one in enumerate(chosen)
        )
        return [BulkStarted(bulk.pk)]

    return once(request, BulkStarted, act)


def check_rows(count: int) -> None:
    """Refuse too few or too many rows (bulk_empty, bulk_too_long)."""
    if not count:
        raise BulkEmpty
    if count > ROWS_MAX:
        raise BulkTooLong(ROWS_MAX)


def run_next(*, now: datetime) -> bool:
    """Carry out one waiting row of any bulk; tell whether there was one.

    A row that breaks each time is refused with deed_broken, so that what waits behind it goes on.
    """
    with begin():
        waiting = BulkRow.objects.filter(state=BulkRow.State.WAITING)
        row = waiting.select_for_update(skip_locked=True).order_by("bulk_id", "place").first()
        if row is None:
            return False
        bulk = Bulk.objects.get(pk=row.bulk_id)
        actor = Actor(bulk.market_id, bulk.actor_kind, bulk.actor_id, bulk.channel)
        request = Request(actor, f"bulk-{bulk.pk}-{row.place}", b"", now)
        particulars = Particulars(row.subject_id, row.chosen, bulk.reason, bulk.terms)
        refusal = _done(bulk.deed, request, particulars)
        state = BulkRow.State.REFUSED if refusal else BulkRow.State.DONE
        told = outcome.dump([refusal] if refusal else [{"done": True}])
        BulkRow.objects.filter(pk=row.pk).update(state=state, outcome=told)
    return True


def refusal_of(row: BulkRow) -> Refusal | None:
    """Return what a row was refused, if it was."""
    if row.state != BulkRow.State.REFUSED:
        return None
    [refusal] = outcome.restore(row.outcome, dict)
    assert isinstance(refusal, Refusal)
    return refusal


def _done(deed: str, request: Request, particulars: Particulars) -> Refusal | None:
    """Do a deed, some times if it breaks, each taken back; return what it was refused at last."""
    for _ in range(TRIES):
        try:
            with begin():
                return refused(deed, request, particulars)
        except Exception:
            _log.exception("bulk_row_broke", deed=deed, key=request.key, of=particulars.subject_id)
    return DeedBroken()


def refused(deed: str, request: Request, particulars: Particulars) -> Refusal | None:
    """Do a deed, and return what it was refused, if it was."""
    try:
        do(ACTS[deed], request, particulars)
    except Refusal as refusal:
        return refusal.as_answer()
    return None
