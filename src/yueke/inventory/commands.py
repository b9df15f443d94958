"""Release, withdraw and target slots, and remove those whose reservation is over."""

from collections.abc import Sequence
from datetime import date, datetime

from yueke.inventory import operations
from yueke.inventory.orders import Released, Target, Targeted, Withdrawn
from yueke.inventory.rules import offer, pattern
from yueke.inventory.rules.pattern import Stretch
from yueke.kernel.actor import Actor
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.kernel.transaction import Work, begin
from yueke.notices.once import Request, once
from yueke.people import channels
from yueke.people import queries as people


def release_slots(
    request: Request, *, teacher_id: int, starts: Sequence[datetime], target: Target | None = None
) -> Answer[Released]:
    """Offer half-hours of one teacher, one result a start in the order given (T-1, IN-1).

    Refuses: channel_may_not, teacher_not_found, too_many_slots; and for single starts
    time_off_grid, time_in_past, time_too_far.
    """

    def act(work: Work) -> list[Released | Refusal]:
        channels.require(request.actor, "release", "slot")
        if target is not None:
            channels.require(request.actor, "target", target.kind)
        teacher = people.get_teacher(actor=request.actor, teacher_id=teacher_id)
        offer.check_count(starts)
        refused = {s: offer.why_not_release(s, request.now) for s in starts}
        new = operations.release(
            work,
            actor=request.actor,
            now=request.now,
            teacher_id=teacher_id,
            rating=teacher.rating,
            starts=[s for s, why in refused.items() if why is None],
            target=target,
        )
        return [refused[s] or Released(s, s in new) for s in starts]

    return once(request, Released, act)


def release_pattern(
    request: Request, *, teacher_id: int, stretches: Sequence[Stretch], first: date, last: date
) -> Answer[Released]:
    """Offer a weekly pattern on the teacher's wall clock, days inclusive (T-1).

    Refuses as `release_slots`, and: zone_unknown, pattern_empty.
    """
    teacher = people.get_teacher(actor=request.actor, teacher_id=teacher_id)
    starts = pattern.expand(stretches, zone=teacher.zone, first=first, last=last)
    ahead = [start for start in starts if start > request.now]
    return release_slots(request, teacher_id=teacher_id, starts=ahead)


def withdraw_slots(
    request: Request, *, teacher_id: int, starts: Sequence[datetime]
) -> Answer[Withdrawn]:
    """Take half-hours back, one result a start in the order given (T-2).

    Refuses: channel_may_not, teacher_not_found, too_many_slots; and for single starts
    slot_not_open, slot_already_taken. Locks the slots by time.
    """

    def act(work: Work) -> list[Withdrawn | Refusal]:
        channels.require(request.actor, "withdraw", "slot")
        refused = _why_not(work, request.actor, teacher_id, starts)
        free = [s for s, why in refused.items() if why is None]
        operations.withdraw(
            work, actor=request.actor, now=request.now, teacher_id=teacher_id, starts=free
        )
        return [refused[s] or Withdrawn(s) for s in starts]

    return once(request, Withdrawn, act)


def target_slots(
    request: Request,
    *,
    teacher_id: int,
    starts: Sequence[datetime],
    target: Target | None,
    reserved_until: datetime | None = None,
) -> Answer[Targeted]:
    """Keep open slots for one learner or product, or for anyone again with no target (T-3, IN-1).

    With `reserved_until` the slots are removed at that instant unless booked. Refuses:
    channel_may_not, teacher_not_found, too_many_slots; for single starts slot_not_open,
    slot_already_taken. Locks the slots by time.
    """
    kind = target.kind if target else None
    target_id = target.id if target else None

    def act(work: Work) -> list[Targeted | Refusal]:
        channels.require(request.actor, "target", kind or "student")
        refused = _why_not(work, request.actor, teacher_id, starts)
        operations.target(
            work,
            actor=request.actor,
            now=request.now,
            teacher_id=teacher_id,
            starts=[s for s, why in refused.items() if why is None],
            target=target,
            reserved_until=reserved_until,
        )
        return [refused[s] or Targeted(s, kind, target_id) for s in starts]

    return once(request, Targeted, act)


def expire_reservations(*, now: datetime) -> int:
    """Remove slots whose reservation is over in every market (I-8); return how many."""
    with begin() as work:
        return operations.expire_reservations(work, now=now)


def _why_not(
    work: Work, actor: Actor, teacher_id: int, starts: Sequence[datetime]
) -> dict[datetime, Refusal | None]:
    people.get_teacher(actor=actor, teacher_id=teacher_id)
    offer.check_count(starts)
    slots = operations.lock_slots_of_teacher(
        work, market_id=actor.market_id, teacher_id=teacher_id, starts=starts
    )
    return {s: offer.why_not_change(teacher_id, s, slots.get(s)) for s in starts}
