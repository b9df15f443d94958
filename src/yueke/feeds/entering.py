"""A room entry that the classroom sends by broker: one command, however often it comes."""

import enum
import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime

import django.db
import psycopg
import structlog

from yueke.kernel.actor import Actor
from yueke.kernel.grid import show_instant
from yueke.kernel.refusal import Refusal
from yueke.notices.once import Request
from yueke.people import public_ids
from yueke.people.models import Market
from yueke.supply.matching import commands

ID_LENGTH_MAX = 200
# Without the database nothing is decided: the same message may go well later.
_LOST = (
    django.db.OperationalError,
    django.db.InterfaceError,
    psycopg.OperationalError,
    psycopg.InterfaceError,
)
_log = structlog.get_logger()


class Fate(enum.Enum):
    """What becomes of a message."""

    DONE = "done"
    BROKEN = "broken"
    AGAIN = "again"


class MessageBroken(ValueError):
    """What can be no room entry, however often it is read."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A message as it was read: who entered when, and the sender's name of it."""

    id: str
    seat_id: int
    entered_at: datetime

    @property
    def body_hash(self) -> bytes:
        """The SHA-256 of what is asked, however the JSON was written."""
        asked = f"{self.seat_id} {show_instant(self.entered_at)}"
        return hashlib.sha256(asked.encode()).digest()


def take(*, market: str, body: bytes, now: datetime) -> Fate:
    """Let a learner enter as the message says, and tell what becomes of the message (SD-8, CL-3).

    It is done once the entry has been committed or refused. Locks as `matching.commands.enter`.
    """
    try:
        _enter(market, body, now)
    except Refusal as refusal:
        _log.warning("a room entry was refused", refusal=str(refusal), body=body[:500])
    except _LOST as trouble:
        _log.warning("a room entry waits for the database", trouble=repr(trouble))
        return Fate.AGAIN
    except MessageBroken as trouble:
        _log.warning("a message is no room entry", trouble=repr(trouble), body=body[:500])
        return Fate.BROKEN
    except Exception:
        # Given back it would come again at once and for ever, and keep the others waiting.
        _log.exception("a room entry could not be taken", body=body[:500])
        return Fate.BROKEN
    return Fate.DONE


def _enter(market: str, body: bytes, now: datetime) -> None:
    entry = _read(body)
    market_id = Market.objects.filter(code=market).values_list("id", flat=True).first()
    if market_id is None:
        raise MessageBroken("market")
    actor = Actor(market_id, "job", 0, "classroom")
    request = Request(actor, f"broker-{entry.id}", entry.body_hash, now)
    answer = commands.enter(request, seat_id=entry.seat_id, entered_at=entry.entered_at)
    for result in answer.results:
        if isinstance(result, Refusal):
            raise result


def _read(body: bytes) -> Entry:
    try:
        told = json.loads(body)
        id_, seat_id = told["id"], public_ids.read("st", told["seat"])
        entered_at = datetime.fromisoformat(told["entered_at"])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as trouble:
        raise MessageBroken(repr(trouble)) from None
    if not isinstance(id_, str) or not 0 < len(id_) <= ID_LENGTH_MAX:
        raise MessageBroken("id")
    if seat_id is None:
        raise MessageBroken("seat")
    if entered_at.tzinfo is None:
        raise MessageBroken("entered_at")
    return Entry(id_, seat_id, entered_at.astimezone(UTC))
