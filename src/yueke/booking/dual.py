"""Book both teachers of a dual pair in one act: a Chinese one and a foreign one, or neither."""

from datetime import datetime

from yueke.booking.commands import book_lessons
from yueke.booking.orders import Booked, BookLesson, Order
from yueke.booking.refusals import DualPairInvalid
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.people import channels
from yueke.people import queries as people
from yueke.people.queries import CHINESE


def book_dual(
    *, market_id: int, now: datetime, order: Order[BookLesson], dry_run: bool = False
) -> Answer[Booked] | Refusal:
    """Book two lessons of one learner, the first with a Chinese teacher (CU-1, CC-2).

    Both or neither: where one cannot be, the other is answered list_refused. Refuses:
    channel_may_not, teacher_not_found, dual_pair_invalid, and as `commands.book_lessons`.
    """
    order.all_or_none = True
    for command in order.commands:
        channels.require(order.actor, "book", command.product)
    for command, wants_chinese in zip(order.commands, (True, False), strict=True):
        teacher = people.get_teacher(actor=order.actor, teacher_id=command.teacher_id or 0)
        if (CHINESE in teacher.tags) is not wants_chinese:
            return DualPairInvalid(teacher.id)
    [answer] = book_lessons(market_id=market_id, now=now, orders=[order], dry_run=dry_run)
    return answer
