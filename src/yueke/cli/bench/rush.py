"""`yueke bench rush`: 2,000 parents after 100 slots at one instant."""

from typing import Annotated

import typer

from yueke.cli.bench import ground, load, pairs, requests, served, show
from yueke.cli.bench.booking import Json
from yueke.cli.bench.sizes import Size

CONNECTIONS = 500


def bench(
    parents: Annotated[int, typer.Option(min=1)] = 2_000,
    slots: Annotated[int, typer.Option(min=1)] = 100,
    json: Json = False,
) -> None:
    """Send everybody after the same few slots: each is booked once, and everybody is answered."""
    with ground.prepared(Size(teachers=2_000, learners=10_000, open_slots=40_000)):
        found = _measure(parents, slots)
        ok = ground.verify()
    show.figures("rush", found, as_json=json, ok=ok)


def _measure(parents: int, slots: int) -> dict[str, float | int]:
    chosen = pairs.rivals(parents=parents, slots=slots)
    incoming = requests.bookings(pairs=chosen, secret=served.make_key("parents-h5"))
    with served.served() as port:
        connections = min(parents, CONNECTIONS)
        answers = load.run(port=port, requests=iter(incoming), connections=connections)
    lost = answers.codes["slot_already_taken"]
    return {
        "lessons": answers.statuses[201],
        "answered": sum(answers.statuses.values()),
        "other_errors": sum(answers.codes.values()) - lost,
        "seconds": answers.seconds,
        "p50_ms": answers.percentile_ms(50),
        "p99_ms": answers.percentile_ms(99),
    }
