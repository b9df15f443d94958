"""When people are told, as the policies in force have it."""

from datetime import datetime, timedelta
from typing import Final

from yueke.people.policies import InForce
from yueke.reminders import rules
from yueke.reminders.rules import Quiet

# What is told before a lesson; all else is told of what happened.
SOON: Final = {"soon", "soon_teacher"}


def before(in_force: InForce) -> timedelta | None:
    """Return how long before a lesson people are reminded; None: they are not."""
    hours = in_force.number("reminder_hours")
    return timedelta(hours=hours) if hours else None


def due(
    *, in_force: InForce, wanted: datetime, starts_at: datetime, zone: str, now: datetime
) -> datetime:
    """Return when a message that is wanted at a time goes out to somebody of a zone."""
    hours = in_force.number("quiet_from_hour"), in_force.number("quiet_until_hour")
    quiet = Quiet(*hours, zone)
    return rules.send_at(wanted=wanted, starts_at=starts_at, now=now, quiet=quiet)


def due_still(
    *, in_force: InForce, about: str, starts_at: datetime, zone: str, now: datetime
) -> datetime | None:
    """Return when a message that was planned goes out, now at the earliest; None: never.

    A reminder goes by the start of its lesson, whatever else is due is wanted now.
    """
    wanted = now
    if about in SOON:
        early = before(in_force)
        if early is None:
            return None
        wanted = starts_at - early
    return due(in_force=in_force, wanted=wanted, starts_at=starts_at, zone=zone, now=now)
