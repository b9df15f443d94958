"""When the online classroom handed open classes over to curriculum, if it has."""

from datetime import datetime

from yueke.booking.classes.rules.making import check_hand_over, is_handed_over
from yueke.kernel.actor import Actor
from yueke.notices.once import Request
from yueke.people import channels, policies


def handed_over_at(*, market_id: int, now: datetime) -> datetime | None:
    """Return the moment of the hand-over (CL-1, CL-2), or None while both make classes."""
    return policies.in_force(market_id=market_id, at=now).moment("open_class_handover")


def is_out(*, actor: Actor, now: datetime) -> bool:
    """Tell whether the caller's channel does nothing with classes any more (CL-1, CL-2)."""
    return is_handed_over(actor, handed_over_at(market_id=actor.market_id, now=now), now)


def require(*, actor: Actor, command: str, now: datetime, of: str = "class") -> None:
    """Refuse who may not do this with classes (channel_may_not, classes_handed_over)."""
    channels.require(actor, command, of)
    check_hand_over(actor, handed_over_at(market_id=actor.market_id, now=now), now)


def check_may(request: Request, command: str) -> None:
    """Refuse who may not do this with classes (channel_may_not, classes_handed_over)."""
    require(actor=request.actor, command=command, now=request.now)
