"""`yueke bench overbook`: 10,000 trials at one instant against the limits of 336 half-hours."""

from datetime import timedelta
from itertools import cycle
from typing import Annotated

import typer

from yueke.cli.bench import ground, load, requests, served, show, trials
from yueke.cli.bench.booking import Json
from yueke.cli.bench.sizes import Size
from yueke.kernel import sql
from yueke.kernel.grid import HALF_HOUR

CONNECTIONS = 64
HALF_HOURS = 336


def bench(
    bookings: Annotated[int, typer.Option(min=100)] = 10_000,
    ceiling: Annotated[int, typer.Option(min=1)] = 20,
    json: Json = False,
) -> None:
    """Send everybody at once: no half-hour gets more trials than its ceiling."""
    size = Size(teachers=2_000, learners=10_000, open_slots=40_000)
    with ground.prepared(size, anew_for="overbook"):
        found = _measure(bookings, ceiling)
        ok = ground.verify()
    show.figures("overbook", found, as_json=json, ok=ok and not found["over_ceiling"])


def _measure(bookings: int, ceiling: int) -> dict[str, float | int]:
    from yueke.people import public_ids  # noqa: PLC0415  needs Django, which is set up by now

    trials.allow(ceiling=ceiling)
    begin = trials.next_half_hour() + timedelta(days=1)
    with ground.connect() as link:
        secret = served.make_key("cc")
        times = cycle(begin + HALF_HOUR * step for step in range(HALF_HOURS))
        learners = trials.newcomers(link, count=bookings)
        incoming = [
            requests.post(
                "/api/v1/overbookings",
                {"learner": public_ids.show("lrn", learner), "starts_at": at.isoformat()},
                secret,
            )
            for learner, at in zip(learners, times, strict=False)
        ]
        with served.served() as port:
            answers = load.run(port=port, requests=iter(incoming), connections=CONNECTIONS)
        row = link.execute(sql.load("yueke.cli.bench", "over_ceiling"), (ceiling,)).fetchone()
    full = answers.codes["overbook_full"]
    return {
        "booked": answers.statuses[201],
        "full": full,
        "other_errors": sum(answers.codes.values()) - full,
        "over_ceiling": int(row[0]) if row else -1,
        "seconds": answers.seconds,
        "p50_ms": answers.percentile_ms(50),
        "p99_ms": answers.percentile_ms(99),
    }
