"""The set-based operation alone: two processes, each with lists of orders."""

import hashlib
import math
import multiprocessing
import time
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime

from yueke.cli.bench.pairs import Pair

PROCESSES = 2
ORDERS_PER_CALL = 512


def run(*, pairs: Sequence[Pair], seconds: float = math.inf) -> float:
    """Book the pairs, or for so many seconds, and return bookings a second."""
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(PROCESSES + 1)
    queue = context.Queue()
    # A learner's orders go through one process: calls of this size would often wait for another's.
    shares: list[list[Pair]] = [[] for _ in range(PROCESSES)]
    for pair in pairs:
        shares[pair.learner_id % PROCESSES].append(pair)
    workers = [
        context.Process(target=_work, args=(share, seconds, ready, queue)) for share in shares
    ]
    for worker in workers:
        worker.start()
    ready.wait(timeout=120)
    began = time.perf_counter()
    booked = sum(queue.get(timeout=600) for _ in workers)
    lasted = time.perf_counter() - began
    for worker in workers:
        worker.join()
    return float(booked / lasted)


def _work(pairs: list[Pair], seconds: float, ready: object, queue: object) -> None:
    import django  # noqa: PLC0415  a process of its own

    django.setup()
    from yueke.booking import commands  # noqa: PLC0415
    from yueke.booking.orders import Booked, BookLesson, Order  # noqa: PLC0415
    from yueke.kernel import memory  # noqa: PLC0415
    from yueke.kernel.actor import Actor  # noqa: PLC0415
    from yueke.kernel.outcome import Answer  # noqa: PLC0415

    actor = Actor(1, "user", 0, "parents-h5")
    nothing = hashlib.sha256(b"").digest()
    orders = [
        Order(
            actor,
            uuid.uuid4().hex,
            nothing,
            [BookLesson(pair.learner_id, pair.teacher_id, pair.starts_at, "major")],
        )
        for pair in pairs
    ]
    # Statements are planned before the clock starts, as in a process that has run for a while.
    commands.book_lessons(market_id=1, now=datetime.now(UTC), orders=orders[:1])
    memory.settle()
    ready.wait()  # type: ignore[attr-defined]
    ends = time.perf_counter() + seconds
    booked = 0
    for start in range(1, len(orders), ORDERS_PER_CALL):
        if time.perf_counter() > ends:
            break
        some = orders[start : start + ORDERS_PER_CALL]
        answers = commands.book_lessons(market_id=1, now=datetime.now(UTC), orders=some)
        booked += sum(isinstance(a, Answer) and isinstance(a.results[0], Booked) for a in answers)
    queue.put(booked)  # type: ignore[attr-defined]
