"""Who stands at the door, through which channel, and at what moment."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone

from yueke.kernel.actor import Actor
from yueke.people.models import Family, Staff, Teacher, User

ENTRY = "entry"
PC, H5 = "parents-pc", "parents-h5"
PHONES = ("MicroMessenger", "Mobile", "Android", "iPhone")


@dataclass(frozen=True, slots=True)
class Caller:
    """The actor of one request, the moment it came, and the zones of this person and the market."""

    actor: Actor
    now: datetime
    zone: str
    market_zone: str


def who_calls(*, request: HttpRequest) -> Caller:
    """Return who sent the request; a login without its family, teacher or staff row is let out."""
    user = request.user
    if not isinstance(user, User):
        raise PermissionDenied
    now = timezone.now()
    try:
        if user.kind == User.Kind.FAMILY:
            return _family(request, user, now)
        if user.kind == User.Kind.TEACHER:
            return _teacher(user, now)
        return _staff(user, now)
    except (Family.DoesNotExist, Teacher.DoesNotExist, Staff.DoesNotExist) as missing:
        raise PermissionDenied from missing


def entry_channel(*, request: HttpRequest) -> str:
    """Return parents' PC or H5 by the address they entered; without one, by the device."""
    entered = request.session.get(ENTRY)
    if entered in (PC, H5):
        return str(entered)
    device = request.headers.get("User-Agent", "")
    return H5 if any(phone in device for phone in PHONES) else PC


def _family(request: HttpRequest, user: User, now: datetime) -> Caller:
    channel = entry_channel(request=request)
    actor = Actor(user.market_id, "user", user.pk, channel, family_id=user.family.pk)
    return Caller(actor, now, user.market.zone, user.market.zone)


def _teacher(user: User, now: datetime) -> Caller:
    teacher = user.teacher
    actor = Actor(user.market_id, "user", user.pk, "teachers", teacher_id=teacher.pk)
    return Caller(actor, now, teacher.zone, user.market.zone)


def _staff(user: User, now: datetime) -> Caller:
    actor = Actor(user.market_id, "user", user.pk, user.staff.channel)
    return Caller(actor, now, user.market.zone, user.market.zone)
