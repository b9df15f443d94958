"""Replays of open classes."""

from collections.abc import Mapping
from typing import Any

from yueke.booking.classes.orders import ReplayBought, ReplayOffered, ReplayRefunded
from yueke.booking.classes.watching import ReplayRow
from yueke.kernel.grid import show_instant
from yueke.people import public_ids


def replay(row: ReplayRow) -> dict[str, Any]:
    """Return a replay as callers see it."""
    return {
        "lesson": public_ids.show("lsn", row.class_id),
        "starts_at": show_instant(row.starts_at),
        "minutes": row.minutes,
        "title_zh": row.title_zh,
        "title_en": row.title_en,
        "on_sale": row.on_sale,
        "prices": _prices(row.prices),
        "bought": row.is_bought,
    }


def replay_offered(done: ReplayOffered) -> dict[str, Any]:
    """Return whether a replay is sold."""
    return {
        "lesson": public_ids.show("lsn", done.class_id),
        "on_sale": done.on_sale,
        "prices": _prices(done.prices),
    }


def replay_bought(done: ReplayBought | ReplayRefunded) -> dict[str, Any]:
    """Return a replay just bought, or given back."""
    return {
        "purchase": public_ids.show("rpl", done.purchase_id),
        "lesson": public_ids.show("lsn", done.class_id),
        "learner": public_ids.show("lrn", done.learner_id),
        "paid": {"asset": done.asset, "amount": done.paid},
    }


def replay_refunded(done: ReplayRefunded) -> dict[str, Any]:
    """Return a replay just given back, and what came back."""
    return {**replay_bought(done), "refunded": {"asset": done.asset, "amount": done.back}}


def _prices(prices: Mapping[str, int]) -> list[dict[str, Any]]:
    return [{"asset": asset, "amount": amount} for asset, amount in sorted(prices.items())]
