"""What is counted of the hot routes."""

import asyncio
from collections import Counter as Counts

from prometheus_client import Counter, Histogram

batch_orders = Histogram(
    "yueke_batch_orders", "Orders in one call of a set-based command", buckets=(1, 4, 16, 64, 128)
)
batch_seconds = Histogram("yueke_batch_seconds", "Seconds of one call of a set-based command")
answers = Counter("yueke_hot_answers", "Answers of the hot routes", ["status"])
_of_this_turn: Counts[int] = Counts()


def count(status: int) -> None:
    """Count an answer; those of one turn of the event loop are written down together."""
    if not _of_this_turn:
        asyncio.get_running_loop().call_soon(_write_down)
    _of_this_turn[status] += 1


def _write_down() -> None:
    for status, number in _of_this_turn.items():
        answers.labels(status).inc(number)
    _of_this_turn.clear()
