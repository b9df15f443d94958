"""Book a lesson as part of a command of this room, through the one door to a seat."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from yueke.booking.operations.book import book
from yueke.booking.orders import Booked, BookLesson, Order
from yueke.kernel.actor import Actor
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.kernel.transaction import Work


def place(
    work: Work, *, actor: Actor, now: datetime, key: str, command: BookLesson
) -> Booked | Refusal:
    """Book one lesson for whoever it is for, under a key that names why; as `place_all`."""
    [done] = place_all(work, actor=actor, now=now, key=key, commands=[command])
    return done


def place_all(
    work: Work,
    *,
    actor: Actor,
    now: datetime,
    key: str,
    commands: Sequence[BookLesson],
    all_or_none: bool = False,
) -> list[Booked | Refusal]:
    """Book lessons under a key that names why, and return what became of each, in order.

    Who acts is told as it is, and reaches every learner: this room has made sure that they may.
    Refuses as `booking.commands.book_lessons`; locks learners, then slots.
    """
    unbound = replace(actor, family_id=None, teacher_id=None)
    order = Order(unbound, key, b"", list(commands), all_or_none=all_or_none)
    [answer] = book(work, market_id=actor.market_id, now=now, orders=[order])
    if isinstance(answer, Answer):
        return answer.results
    return [answer for _ in commands]
