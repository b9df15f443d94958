"""Carry a run out: rows are booked a thousand at a time, by any number of workers at once.

A row's lesson and its outcome commit together, so that whatever is killed is neither lost nor
done twice.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

import structlog

from yueke.booking.operations.book import book
from yueke.booking.orders import Booked, BookLesson, Order
from yueke.inventory.orders import Target
from yueke.kernel import outcome
from yueke.kernel.actor import Actor
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.kernel.transaction import Work, begin_without_waiting
from yueke.notices.tries import tried
from yueke.supply.runs import rows, telling
from yueke.supply.runs.advice import Advice
from yueke.supply.runs.models import WeeklyRow, WeeklyRun
from yueke.supply.runs.rows import ClaimedRow

BATCH = 1000
FIRST = -1
TRIES = 3
# What rows are missed with whose learners have all the lessons that are wanted.
HAS_ENOUGH = "has_enough"
NO_ADVICE = Advice()
Refused = list[tuple[ClaimedRow, Refusal]]
_log = structlog.get_logger()


def carry_out(run: WeeklyRun, *, now: Callable[[], datetime], advice: Advice = NO_ADVICE) -> None:
    """Book every waiting row of a planned run, then note that it is finished (SD-10).

    Each row is tried as planned, then with what could be had `instead`, then missed with the
    reason. What is `surplus` at that moment is missed with has_enough. A row that breaks each time
    is missed with run_row_broken, so that the others go on.
    """
    after = FIRST
    while True:
        last = _batch(run, now, advice, after, BATCH)
        if last is None and after == FIRST:
            break
        # At the end once more from the first: a worker that was killed has let rows go.
        after = FIRST if last is None else last
    # What another worker has in hand it will finish, and the run with it.
    if not _waiting(run):
        telling.finish(run, now=now())


def _waiting(run: WeeklyRun) -> bool:
    return WeeklyRow.objects.filter(run_id=run.pk, state=WeeklyRow.State.WAITING).exists()


def _batch(
    run: WeeklyRun, now: Callable[[], datetime], advice: Advice, after: int, size: int
) -> int | None:
    """Book some rows beyond a place, one by one should that break; return the last one's place."""
    for tries_left in reversed(range(TRIES)):
        try:
            book_some = partial(_book, run=run, now=now(), advice=advice, after=after, size=size)
            last, refused = tried(book_some, begin_without_waiting)
            _settle(run, now(), advice, refused)
            return last
        except Exception:
            _log.exception("run_rows_broke", run=run.pk, rows=size)
            if not tries_left and size == 1:
                return _give_up(run, after)
    return _batch(run, now, advice, after, 1)


def _book(
    work: Work, run: WeeklyRun, now: datetime, advice: Advice, after: int, size: int
) -> tuple[int | None, Refused]:
    """Book some rows as planned; return the place of the last, and those that were refused."""
    work.walk_indexes()
    claimed: list[ClaimedRow]
    [claimed] = work.ask(rows.claim(run_id=run.pk, after=after, count=size)).fetch()
    claimed = _whole_learners(claimed, size)
    wanted = _without_surplus(work, run, advice, claimed)
    orders = [_order(run, row, "", [_command(run, row)]) for row in wanted]
    answers = book(work, market_id=run.market_id, now=now, orders=orders) if orders else []
    booked, refused = _sorted(wanted, answers)
    rows.book(work, run_id=run.pk, booked=booked)
    return claimed[-1].place if claimed else None, refused


def _whole_learners(claimed: list[ClaimedRow], size: int) -> list[ClaimedRow]:
    """Leave the last learner's rows to the next batch, where there may be more of them.

    Two workers with rows of one learner would wait for each other's whole batches.
    """
    if len(claimed) < size:
        return claimed
    return [row for row in claimed if row.learner_id != claimed[-1].learner_id] or claimed


def _without_surplus(
    work: Work, run: WeeklyRun, advice: Advice, claimed: list[ClaimedRow]
) -> list[ClaimedRow]:
    """Miss the rows that are not wanted any more, and return the others."""
    surplus = advice.surplus(work, claimed) if claimed else set()
    why = outcome.json_text({"reason": HAS_ENOUGH})
    rows.miss(work, run_id=run.pk, missed=[(place, why) for place in sorted(surplus)])
    return [row for row in claimed if row.place not in surplus]


def _settle(run: WeeklyRun, now: datetime, advice: Advice, refused: Refused) -> None:
    """Try what else there is for rows that were refused; what is refused again is missed.

    In a transaction of its own: other half-hours are locked in the written order, from the first.
    """
    if not refused:
        return
    found = advice.instead([row for row, _ in refused], now)
    hopeful = [row for row, _ in refused if found.get(row.place)]
    why = {row.place: refusal for row, refusal in refused}

    def act(work: Work) -> None:
        wanted = _without_surplus(work, run, advice, hopeful)
        orders = [_order(run, row, "-instead", found[row.place]) for row in wanted]
        answers = book(work, market_id=run.market_id, now=now, orders=orders) if orders else []
        booked, again = _sorted(wanted, answers)
        rows.book(work, run_id=run.pk, booked=booked)
        seats = dict(booked)
        for row, answer in zip(wanted, answers, strict=True):
            if row.place in seats:
                _note_moved(run, row, answer)
        closed = seats.keys() | ({row.place for row in hopeful} - {row.place for row in wanted})
        last = why | {row.place: refusal for row, refusal in again}
        told = [(place, _why(last[place])) for place in why if place not in closed]
        rows.miss(work, run_id=run.pk, missed=told)

    tried(act)


def _note_moved(run: WeeklyRun, row: ClaimedRow, answer: Answer[Booked] | Refusal) -> None:
    """Note the teacher and the time that a row was given instead."""
    assert isinstance(answer, Answer)
    done = next(result for result in answer.results if isinstance(result, Booked))
    WeeklyRow.objects.filter(run_id=run.pk, place=row.place).update(
        teacher_id=done.teacher_id,
        starts_at=done.starts_at,
        why=outcome.json_text({"teacher": "instead"}),
    )


def _command(run: WeeklyRun, row: ClaimedRow) -> BookLesson:
    return BookLesson(
        row.learner_id,
        row.teacher_id,
        row.starts_at,
        row.product,
        row.asset,
        permission=run.permission,
        # Of a learner's dedicated teacher, time kept by priority is theirs as well.
        target=None if run.kind == WeeklyRun.Kind.AUTO else Target("priority", row.teacher_id),
    )


def _order(
    run: WeeklyRun, row: ClaimedRow, which: str, commands: list[BookLesson]
) -> Order[BookLesson]:
    actor = Actor(run.market_id, "job", 0, "supply")
    key = f"{run.kind}-{run.pk}-{row.place}{which}"
    return Order(actor, key, b"", commands, first_of=True)


def _sorted(
    claimed: Sequence[ClaimedRow], answers: Sequence[Answer[Booked] | Refusal]
) -> tuple[list[tuple[int, int]], Refused]:
    """Return (place, seat) of rows that were booked, and the others with why not."""
    booked: list[tuple[int, int]] = []
    refused: Refused = []
    for row, answer in zip(claimed, answers, strict=True):
        result = answer if isinstance(answer, Refusal) else answer.results[-1]
        if isinstance(result, Refusal):
            refused.append((row, result))
        else:
            booked.append((row.place, result.seat_id))
    return booked, refused


def _why(refusal: Refusal) -> str:
    return outcome.json_text({"reason": "refused", "refused": refusal.code})


def _give_up(run: WeeklyRun, after: int) -> int | None:
    """Miss the first waiting row beyond a place, which broke each time; return its place."""
    waiting = WeeklyRow.objects.filter(run_id=run.pk, state=WeeklyRow.State.WAITING)
    first = waiting.filter(place__gt=after).order_by("place").first()
    if first is not None:
        why = outcome.json_text({"reason": "run_row_broken"})
        WeeklyRow.objects.filter(pk=first.pk).update(state=WeeklyRow.State.MISSED, why=why)
    return first.place if first else None
