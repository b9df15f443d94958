"""Who works here: the caller, and what their channel may; every staff page begins with it."""

from dataclasses import dataclass

from django.http import HttpRequest

from yueke.people import channels
from yueke.people.models import User
from yueke.portals.caller import Caller, who_calls
from yueke.portals.staff.allowed import Allowed


@dataclass(frozen=True, slots=True)
class Desk:
    """A member of staff at work."""

    caller: Caller
    allowed: Allowed
    staff_id: int

    @property
    def market_id(self) -> int:
        """The market in which they work."""
        return self.caller.actor.market_id

    @property
    def zone(self) -> str:
        """The zone in which times are shown."""
        return self.caller.zone


def sit_down(*, request: HttpRequest, see: str = "") -> Desk:
    """Return the desk of whoever sent the request; refuses (channel_may_not) without `see`."""
    caller = who_calls(request=request)
    if see:
        channels.require(caller.actor, "see", see)
    user = request.user
    assert isinstance(user, User)
    return Desk(caller, Allowed(caller.actor.channel), user.staff.pk)
