"""Read the event log from where one left off, each event once, in order for each lesson.

Numbers are taken before the commit, so a lower one may appear later: what is new is therefore told
by PostgreSQL's snapshots and not by number. A snapshot that shows an event shows whatever
committed before it, and commands on one lesson wait for each other, so that none of its events
is read before an earlier one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yueke.kernel.transaction import Question, Work

BATCH = 1000


@dataclass(slots=True)
class Logged:
    """One event of the log."""

    id: int
    market_id: int
    at: datetime
    kind: str
    channel: str
    actor_kind: str
    actor_id: int
    reason: str
    lesson_id: int | None
    learner_id: int | None
    teacher_id: int | None
    starts_at: datetime | None
    data: dict[str, Any]


@dataclass(slots=True)
class _Reader:
    name: str
    is_underway: bool


def read_on(work: Work, *, name: str, limit: int = BATCH) -> list[Logged]:
    """Return the next events, at most so many, and note that they were read; [] when all were.

    A reader's first call begins with what is committed after it. Locks the reader: that the
    events were read, and what the caller makes of them, commit together. The caller appends
    no event in this transaction.
    """
    events = look_on(work, name=name, limit=limit)
    note_read(work, name=name, events=events, limit=limit)
    return events


def begin(work: Work, *, name: str) -> None:
    """Let a reader begin with what is committed from now on, unless it has begun."""
    work.run(__package__, "new_log_reader", (name,))


def aim(work: Work, *, name: str) -> None:
    """Let a reader read towards what is committed now, unless it reads towards an earlier moment.

    What the caller looks up afterwards is at least as new as the events that are read. Locks the
    reader.
    """
    if not _lock(work, name).is_underway:
        # Each a statement of its own: who is over now is shown by the snapshot taken next.
        work.run(__package__, "raise_safe_id", (name,))
        work.run(__package__, "aim_log_reader", (name,))


def look_on(work: Work, *, name: str, limit: int = BATCH) -> list[Logged]:
    """Return the next events, at most so many, as often as asked until `note_read`.

    For what is made of them outside the transaction. Locks the reader.
    """
    aim(work, name=name)
    [events] = work.ask(Question(__package__, "read_log", (name, limit), Logged)).fetch()
    return list(events)


def note_read(work: Work, *, name: str, events: Sequence[Logged], limit: int = BATCH) -> None:
    """Note that the events that `look_on` gave for this limit were read."""
    if len(events) == limit:
        work.run(__package__, "advance_log_reader", (events[-1].id, name))
    else:
        work.run(__package__, "end_log_reading", (name,))


def told_here(*, after: int) -> Question:
    """Ask what this transaction has appended after a number; rows are Logged, by id."""
    return Question(__package__, "told_here", (after,), Logged)


def skip(work: Work, *, name: str) -> None:
    """Leave out whatever a reader reads towards. Locks the reader."""
    aim(work, name=name)
    work.run(__package__, "end_log_reading", (name,))


def _lock(work: Work, name: str) -> _Reader:
    question = Question(__package__, "lock_log_reader", (name,), _Reader)
    [found] = work.ask(question).fetch()
    if not found:
        begin(work, name=name)
        [found] = work.ask(question).fetch()
    reader: _Reader = found[0]
    return reader
