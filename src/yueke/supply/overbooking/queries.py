"""Read how much may be overbooked, and the strategy."""

from dataclasses import dataclass
from datetime import datetime

from yueke.booking.overbooking.models import OverbookChange, OverbookStep
from yueke.booking.overbooking.rooms import Room
from yueke.curriculum import queries as curriculum
from yueke.kernel.actor import Actor
from yueke.people import channels
from yueke.supply.overbooking.commands import Step, step_of
from yueke.supply.overbooking.holds import look


@dataclass(frozen=True, slots=True)
class Change:
    """What a strategy was and became; the event tells who, when and why."""

    event_id: int
    was: list[Step]
    steps: list[Step]


def rooms(*, actor: Actor, product: str, begin: datetime, end: datetime) -> list[tuple[Room, int]]:
    """Return the half-hours at which lessons may be overbooked, or are, with teachers held.

    Refuses: channel_may_not, product_unknown.
    """
    channels.require(actor, "see", "overbooking")
    found = curriculum.get_product(market_id=actor.market_id, code=product)
    all_rooms, _, held = look(market_id=actor.market_id, begin=begin, end=end, product_id=found.pk)
    return [
        (room, held.get(key, 0))
        for key, room in sorted(all_rooms.items(), key=lambda one: one[0][1])
        if room.ceiling or room.taken or held.get(key)
    ]


def strategy(*, actor: Actor, product: str) -> list[Step]:
    """Return a product's strategy through the week. Refuses: channel_may_not, product_unknown."""
    channels.require(actor, "see", "overbooking")
    found = curriculum.get_product(market_id=actor.market_id, code=product)
    steps = OverbookStep.objects.filter(market_id=actor.market_id, product_id=found.pk)
    return [step_of(row) for row in steps.order_by("from_half_hour")]


def list_changes(*, actor: Actor, product: str, most: int) -> list[Change]:
    """Return the last changes of a product's strategy, newest first.

    Refuses: channel_may_not, product_unknown.
    """
    channels.require(actor, "see", "overbooking")
    found = curriculum.get_product(market_id=actor.market_id, code=product)
    rows = OverbookChange.objects.filter(market_id=actor.market_id, product_id=found.pk)
    return [
        Change(row.pk, [Step(*one) for one in row.was], [Step(*one) for one in row.steps])
        for row in rows.order_by("-id")[:most]
    ]
