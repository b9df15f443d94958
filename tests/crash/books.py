"""What upstream systems were told, held against what the database has: lost, and doubled."""

import json
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import psycopg

from tests.crash.upstream import Asked
from yueke.people import public_ids

Facts = Counter[tuple[str, int, int]]

# Every effect that a request can have, one row each: what, of which row, how much.
EFFECTS = """
SELECT 'booked for', id, learner_id FROM seat
UNION ALL
SELECT 'booked at', id, extract(epoch FROM starts_at)::bigint FROM seat
UNION ALL
SELECT 'cancelled', id, refunded FROM seat WHERE state = 'cancelled'
UNION ALL
SELECT kind, coalesce(seat_id, to_account_id), sum(amount)::bigint FROM transfer
GROUP BY event_id, kind, coalesce(seat_id, to_account_id)
UNION ALL
SELECT 'owned', id, learner_id FROM account WHERE learner_id IS NOT NULL
"""


def effects_in(link: psycopg.Connection[Any]) -> Facts:
    """Return every effect that the database holds."""
    return Counter(link.execute(EFFECTS).fetchall())


def effects_told(answered: Iterable[Asked]) -> Facts:
    """Return every effect that answers have told of, each once."""
    facts: Facts = Counter()
    for asked in answered:
        assert asked.status == 201, asked
        facts.update(_effects_of(asked, json.loads(asked.answer)))
    return facts


def _effects_of(asked: Asked, told: dict[str, Any]) -> list[tuple[str, int, int]]:
    match asked.path.rsplit("/", 1)[1]:
        case "bookings":
            seat = _read("st", told["seat"])
            return [
                ("booked for", seat, _read("lrn", told["learner"])),
                ("booked at", seat, int(datetime.fromisoformat(told["starts_at"]).timestamp())),
                ("spend", seat, told["paid"]["amount"]),
            ]
        case "cancellations":
            seat, back = _read("st", told["seat"]), told["refunded"]["amount"]
            return [("cancelled", seat, back), ("refund", seat, back)]
        case _:
            lot = _read("lot", told["id"])
            learner = _read("lrn", asked.body["learner"])
            return [("owned", lot, learner), ("grant", lot, told["balance"])]


def _read(prefix: str, text: str) -> int:
    number = public_ids.read(prefix, text)
    assert number is not None, text
    return number
