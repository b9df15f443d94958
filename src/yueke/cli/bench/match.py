"""`yueke bench match`: pairing 10,000 with 12,000, and entries at 200 a second to a seat."""

import http.client
import json as json_
import random
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from yueke.cli.bench import ground, served, show, trials
from yueke.cli.bench.booking import Json
from yueke.cli.bench.sizes import Size
from yueke.kernel import sql

LEVELS, TAGS = 7, 4
SENDERS = 32
# So long after the last entry the rest may still be seated.
PATIENCE = 60.0


def bench(
    waiting: Annotated[int, typer.Option(min=10)] = 10_000,
    held: Annotated[int, typer.Option(min=10)] = 12_000,
    entries: Annotated[int, typer.Option(min=10, max=1_800)] = 1_500,
    per_second: Annotated[int, typer.Option(min=1)] = 200,
    json: Json = False,
) -> None:
    """Solve one large half-hour, then let learners enter at a steady pace."""
    size = Size(teachers=2_000, learners=10_000, open_slots=40_000)
    with ground.prepared(size, anew_for="match"):
        found = _solve(waiting, held) | _enter(entries, per_second)
        ok = ground.verify()
    show.figures("match", found, as_json=json, ok=ok and found["seated"] == found["entries"])


def _solve(waiting: int, held: int) -> dict[str, float | int]:
    """Pair learners of some levels with teachers of several, some of whom they know."""
    from yueke.supply.matching.rules import Candidate, Entrant, pair  # noqa: PLC0415

    chance, now = random.Random(waiting), datetime(2030, 1, 7, 11, tzinfo=UTC)
    learners = [
        Entrant(
            number,
            f"trial:{min(chance.randrange(LEVELS), chance.randrange(LEVELS))}",
            now - timedelta(seconds=chance.randrange(600)),
            frozenset(chance.sample(range(held), 2)) if chance.random() < 0.2 else frozenset(),
        )
        for number in range(waiting)
    ]
    teachers = [
        Candidate(
            number,
            frozenset(f"trial:{level}" for level in chance.sample(range(LEVELS), 3)),
            chance.randrange(400, 500),
        )
        for number in range(held)
    ]
    began = time.perf_counter()
    pairs = pair(learners, teachers, now=now)
    return {"solve_seconds": time.perf_counter() - began, "paired": len(pairs)}


def _enter(entries: int, per_second: int) -> dict[str, float | int]:
    """Let so many learners enter, each on time, and see how long until each has a teacher."""
    trials.allow(ceiling=10_000)
    at = trials.next_half_hour()
    with ground.connect() as link:
        learners = trials.newcomers(link, count=entries)
        trials.hold(link, count=len(learners), at=at)
    seats = _overbooked(learners, at)
    secret = served.make_key("classroom")
    with served.served() as port, ThreadPoolExecutor(SENDERS + 1) as threads:
        begin = time.perf_counter() + 1
        due = {seat: begin + place / per_second for place, seat in enumerate(seats)}
        seen = threads.submit(_watch, set(seats), begin + len(seats) / per_second + PATIENCE)
        list(threads.map(lambda seat: _send(port, secret, seat, due[seat]), seats))
        matched = seen.result()
    lasted = sorted(matched[seat] - due[seat] for seat in matched)
    return {
        "entries": len(seats),
        "seated": len(lasted),
        "seat_p50_ms": 1000 * lasted[len(lasted) // 2],
        "seat_p99_ms": 1000 * lasted[len(lasted) * 99 // 100],
    }


def _watch(seats: set[int], until: float) -> dict[int, float]:
    """Return when each seat was first seen with a teacher, looked at every 20 ms."""
    matched: dict[int, float] = {}
    with ground.connect() as link:
        while len(matched) < len(seats) and time.perf_counter() < until:
            rows = link.execute(sql.load("yueke.cli.bench", "matched")).fetchall()
            now = time.perf_counter()
            for (seat,) in rows:
                if seat in seats:
                    matched.setdefault(seat, now)
            time.sleep(0.02)
    return matched


def _overbooked(learners: list[int], at: datetime) -> list[int]:
    """Overbook a trial for learners at a half-hour, and return their seats."""
    from yueke.booking.commands import book_lessons  # noqa: PLC0415
    from yueke.booking.orders import Booked, BookLesson, Order  # noqa: PLC0415
    from yueke.kernel.actor import Actor  # noqa: PLC0415
    from yueke.kernel.refusal import Refusal  # noqa: PLC0415
    from yueke.people.models import Learner  # noqa: PLC0415

    market_id = Learner.objects.values_list("market_id", flat=True).get(pk=learners[0])
    actor = Actor(market_id, "job", 0, "cc")
    commands = [BookLesson(one, None, at, "trial", permission="overbook") for one in learners]
    order = Order(actor, uuid.uuid4().hex, b"", commands)
    [answer] = book_lessons(market_id=market_id, now=datetime.now(UTC), orders=[order])
    assert not isinstance(answer, Refusal)
    return [one.seat_id for one in answer.results if isinstance(one, Booked)]


def _send(port: int, secret: str, seat_id: int, due: float) -> None:
    """Send one entry when it is due."""
    from yueke.people import public_ids  # noqa: PLC0415

    time.sleep(max(0.0, due - time.perf_counter()))
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {
        "Authorization": f"Bearer {secret}",
        "Idempotency-Key": uuid.uuid4().hex,
        "Content-Type": "application/json",
    }
    body = json_.dumps({"seat": public_ids.show("st", seat_id)})
    link.request("POST", "/api/v1/room-entries", body, headers)
    answer = link.getresponse()
    answer.read()
    link.close()
    if answer.status != http.HTTPStatus.CREATED:
        raise ConnectionError(f"an entry was answered {answer.status}")
