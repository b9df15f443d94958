"""An event as it leaves the house."""

from yueke.feeds.shown import event
from yueke.kernel.grid import show_instant
from yueke.kernel.outcome import json_text
from yueke.notices.models import Event
from yueke.notices.reader import Logged


def webhook_body(row: Event | Logged, products: dict[int, str]) -> str:
    """Return the JSON of a webhook: kind, moment, and the event as the API shows it."""
    shown = event(row, products)
    return json_text({"type": row.kind, "timestamp": show_instant(row.at), "data": shown})
