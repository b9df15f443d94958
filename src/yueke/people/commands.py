"""Make and revoke the keys of other systems."""

import hashlib
import secrets
from datetime import datetime

from yueke.kernel.actor import Actor
from yueke.kernel.transaction import begin
from yueke.notices import operations as notices
from yueke.notices.operations import Happened
from yueke.people import queries
from yueke.people.channels import channels
from yueke.people.models import ApiKey
from yueke.people.refusals import ChannelUnknown

_PREFIX = "yk_"


def hash_of(secret: str) -> bytes:
    """Return what is kept of a key: its SHA-256. The key itself holds 256 random bits."""
    return hashlib.sha256(secret.encode()).digest()


def create_api_key(
    *,
    actor: Actor,
    now: datetime,
    channel: str,
    name: str = "",
    family_id: int | None = None,
    teacher_id: int | None = None,
    requests_per_minute: int = 6000,
) -> tuple[ApiKey, str]:
    """Make a key for a channel of the actor's market and return it with its secret, shown once.

    Refuses: channel_unknown, family_not_found, teacher_not_found.
    """
    if channel not in channels():
        raise ChannelUnknown(channel)
    if family_id is not None:
        queries.get_family(actor=actor, family_id=family_id)
    if teacher_id is not None:
        queries.get_teacher(actor=actor, teacher_id=teacher_id)
    secret = _PREFIX + secrets.token_urlsafe(32)
    with begin() as work:
        key = ApiKey.objects.create(
            market_id=actor.market_id,
            channel=channel,
            name=name,
            hash=hash_of(secret),
            hint=secret[:8],
            family_id=family_id,
            teacher_id=teacher_id,
            requests_per_minute=requests_per_minute,
            created_at=now,
        )
        data = {"key": key.id, "channel": channel}
        notices.append_one(work, at=now, event=Happened(0, "key.created", actor, data=data))
    return key, secret


def revoke_api_key(*, actor: Actor, now: datetime, key_id: int) -> bool:
    """Stop a key at once; tell whether there was one to stop."""
    with begin() as work:
        keys = ApiKey.objects.filter(market_id=actor.market_id, id=key_id, revoked_at=None)
        if not keys.update(revoked_at=now):
            return False
        happened = Happened(0, "key.revoked", actor, data={"key": key_id})
        notices.append_one(work, at=now, event=happened)
    return True
