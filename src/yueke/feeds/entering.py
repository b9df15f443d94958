"""Room entries that the classroom sends by broker: each one command, however often it comes."""

import enum
import hashlib
import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

import django.db
import psycopg
import structlog

from yueke.booking.orders import Order
from yueke.kernel.actor import Actor
from yueke.kernel.grid import show_instant
from yueke.kernel.refusal import Refusal
from yueke.people import public_ids
from yueke.people.models import Market
from yueke.supply.matching.enter import EnterRoom, enter_rooms

ID_LENGTH_MAX = 200
# Without the database nothing is decided: the same message may go well later.
_LOST = (
    django.db.OperationalError,
    django.db.InterfaceError,
    psycopg.OperationalError,
    psycopg.InterfaceError,
)
# Not JSON, a field missing or of another kind, a moment beyond the calendar.
_UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError)
_log = structlog.get_logger()


class Fate(enum.Enum):
    """What becomes of a message."""

    DONE = "done"
    BROKEN = "broken"
    AGAIN = "again"


class MessageBroken(ValueError):
    """What can be no room entry, however often it is read."""


@dataclass(frozen=True, slots=True)
class Told:
    """A message as the broker gave it: the code of its market, and its body."""

    market: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """A message as it was read: who entered when, and the sender's name of it."""

    id: str
    seat_id: int
    entered_at: datetime

    def order(self, market_id: int) -> Order[EnterRoom]:
        """Return what it asks for, under a key of its own."""
        actor = Actor(market_id, "job", 0, "classroom")
        # However the JSON was written.
        asked = f"{self.seat_id} {show_instant(self.entered_at)}"
        body_hash = hashlib.sha256(asked.encode()).digest()
        command = EnterRoom(self.seat_id, self.entered_at)
        return Order(actor, f"broker-{market_id}-{self.id}", body_hash, [command])


Fates = dict[Told, Fate]


def take(*, told: Collection[Told], now: datetime) -> Fates:
    """Let learners enter as messages say, and tell what becomes of each (SD-8, CL-3).

    A message is done once its entry has been committed or refused. Locks as `enter_rooms`.
    """
    try:
        return _take(told, now)
    except _LOST as trouble:
        _log.warning("room entries wait for the database", trouble=repr(trouble))
        return dict.fromkeys(told, Fate.AGAIN)
    except Exception:
        if len(told) > 1:
            # One that breaks must not take the others with it.
            return {one: fate for each in told for one, fate in take(told=[each], now=now).items()}
        # Given back it would come again at once and for ever, and keep the others waiting.
        _log.exception("a room entry could not be taken", body=[one.body[:500] for one in told])
        return dict.fromkeys(told, Fate.BROKEN)


def _take(told: Collection[Told], now: datetime) -> Fates:
    codes = {one.market for one in told}
    markets = dict(Market.objects.filter(code__in=codes).values_list("code", "id"))
    fates: Fates = {}
    orders: dict[int, dict[Told, Order[EnterRoom]]] = defaultdict(dict)
    for one in told:
        try:
            market_id = markets.get(one.market)
            if market_id is None:
                raise MessageBroken("market")
            orders[market_id][one] = _read(one.body).order(market_id)
        except MessageBroken as trouble:
            _log.warning("a message is no room entry", trouble=repr(trouble), body=one.body[:500])
            fates[one] = Fate.BROKEN
    for market_id, of_market in orders.items():
        answers = enter_rooms(market_id=market_id, now=now, orders=list(of_market.values()))
        for one, answer in zip(of_market, answers, strict=True):
            result = answer if isinstance(answer, Refusal) else answer.results[0]
            if isinstance(result, Refusal):
                _log.warning("a room entry was refused", refusal=str(result), body=one.body[:500])
            fates[one] = Fate.DONE
    return fates


def _read(body: bytes) -> Entry:
    try:
        told = json.loads(body)
        id_, seat_id = told["id"], public_ids.read("st", told["seat"])
        entered_at = datetime.fromisoformat(told["entered_at"])
        is_text = isinstance(id_, str) and "\0" not in id_ and bool(id_.encode())
        at = None if entered_at.tzinfo is None else entered_at.astimezone(UTC)
    except _UNREADABLE as trouble:
        raise MessageBroken(repr(trouble)) from None
    if not is_text or len(id_) > ID_LENGTH_MAX:
        raise MessageBroken("id")
    if seat_id is None:
        raise MessageBroken("seat")
    if at is None:
        raise MessageBroken("entered_at")
    return Entry(id_, seat_id, at)
