"""Release, withdraw and target slots, and remove those whose reservation is over."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from yueke.inventory import operations
from yueke.inventory.models import Slot
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
from yueke.people.models import Teacher
from yueke.people.refusals import ChannelMayNot

# What the table of permissions calls a slot that is kept for nobody; others go by their target.
_ANYONES = "slot"


def release_slots(
    request: Request,
    *,
    teacher_id: int,
    starts: Sequence[datetime],
    target: Target | None = None,
    reason: str = "",
) -> Answer[Released]:
    """Offer half-hours of one teacher, one result a start in the order given (T-1, IN-1).

    Refuses: channel_may_not, teacher_not_found, too_many_slots; and for single starts
    time_off_grid, time_in_past, time_too_far.
    """

    def act(work: Work) -> list[Released | Refusal]:
        channels.require(request.actor, "release", target.kind if target else _ANYONES)
        teacher = people.get_teacher(actor=request.actor, teacher_id=teacher_id)
        return _release(work, request, teacher, starts, target, reason)

    return once(request, Released, act)


def release_pattern(
    request: Request,
    *,
    teacher_id: int,
    stretches: Sequence[Stretch],
    first: date,
    last: date,
    reason: str = "",
) -> Answer[Released]:
    """Offer a weekly pattern on the teacher's wall clock, days inclusive (T-1).

    What of it has begun is left out. Refuses as `release_slots`, and: zone_unknown, pattern_empty.
    """

    def act(work: Work) -> list[Released | Refusal]:
        channels.require(request.actor, "release", _ANYONES)
        teacher = people.get_teacher(actor=request.actor, teacher_id=teacher_id)
        offer.check_last_day(last, request.now)
        # A teacher's day may have begun the day before that of UTC.
        begin = max(first, request.now.date() - timedelta(days=1))
        starts = pattern.expand(stretches, zone=teacher.zone, first=begin, last=last)
        ahead = [start for start in starts if start > request.now]
        return _release(work, request, teacher, ahead, None, reason)

    return once(request, Released, act)


def withdraw_slots(
    request: Request, *, teacher_id: int, starts: Sequence[datetime], reason: str = ""
) -> Answer[Withdrawn]:
    """Take half-hours back, one result a start in the order given (T-2).

    A slot that is kept for somebody is withdrawn by those who may for that kind of target: taken
    back, it could be offered to anyone. Refuses: channel_may_not, teacher_not_found,
    too_many_slots; and for single starts slot_not_open, slot_already_taken, channel_may_not.
    Locks the slots by time.
    """

    def act(work: Work) -> list[Withdrawn | Refusal]:
        may = _kinds(request.actor, "withdraw")
        if not may:
            raise ChannelMayNot(request.actor.channel, "withdraw", _ANYONES)
        refused = _why_not(work, request.actor, "withdraw", teacher_id, starts, may=may)
        free = [s for s, why in refused.items() if why is None]
        operations.withdraw(
            work,
            actor=request.actor,
            now=request.now,
            teacher_id=teacher_id,
            starts=free,
            reason=reason,
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
    reason: str = "",
) -> Answer[Targeted]:
    """Keep open slots for one learner or product, or for anyone again with no target (T-3, IN-1).

    With `reserved_until` the slots are removed at that instant unless booked. Who takes a slot
    from a target must be one who may keep it for that kind. Refuses: channel_may_not,
    reservation_without_target, time_in_past, teacher_not_found, too_many_slots; for single
    starts slot_not_open, slot_already_taken, channel_may_not. Locks the slots by time.
    """
    kind = target.kind if target else None
    target_id = target.id if target else None

    def act(work: Work) -> list[Targeted | Refusal]:
        may = _kinds(request.actor, "target")
        if kind not in may and not (kind is None and may):
            raise ChannelMayNot(request.actor.channel, "target", kind or Slot.Target.STUDENT)
        offer.check_reservation(target, reserved_until, request.now)
        may = [_ANYONES, *may]
        refused = _why_not(work, request.actor, "target", teacher_id, starts, may=may)
        operations.target(
            work,
            actor=request.actor,
            now=request.now,
            teacher_id=teacher_id,
            starts=[s for s, why in refused.items() if why is None],
            target=target,
            reserved_until=reserved_until,
            reason=reason,
        )
        return [refused[s] or Targeted(s, kind, target_id) for s in starts]

    return once(request, Targeted, act)


def expire_reservations(*, now: datetime, limit: int = 1000) -> int:
    """Remove slots whose reservation is over in any market (I-8), at most `limit`.

    Returns how many.
    """
    with begin() as work:
        return operations.expire_reservations(work, now=now, limit=limit)


def _release(
    work: Work,
    request: Request,
    teacher: Teacher,
    starts: Sequence[datetime],
    target: Target | None,
    reason: str,
) -> list[Released | Refusal]:
    offer.check_count(starts)
    refused = {s: offer.why_not_release(s, request.now) for s in starts}
    new = operations.release(
        work,
        actor=request.actor,
        now=request.now,
        teacher_id=teacher.id,
        starts=[s for s, why in refused.items() if why is None],
        target=target,
        reason=reason,
    )
    return [refused[s] or Released(s, s in new) for s in starts]


def _kinds(actor: Actor, command: str) -> list[str]:
    """Return the kinds of slots, by whom they are kept for, that a channel may do this with."""
    kinds = (_ANYONES, *Slot.Target.values)
    return [kind for kind in kinds if channels.may(actor.channel, command, kind)]


def _why_not(
    work: Work,
    actor: Actor,
    command: str,
    teacher_id: int,
    starts: Sequence[datetime],
    *,
    may: Collection[str],
) -> dict[datetime, Refusal | None]:
    people.get_teacher(actor=actor, teacher_id=teacher_id)
    offer.check_count(starts)
    slots = operations.lock_slots_of_teacher(
        work, market_id=actor.market_id, teacher_id=teacher_id, starts=starts
    )
    refused = {s: offer.why_not_change(teacher_id, s, slots.get(s)) for s in starts}
    for start, slot in slots.items():
        kind = slot.target_kind or _ANYONES
        if kind not in may:
            refused[start] = refused[start] or ChannelMayNot(actor.channel, command, kind)
    return refused
