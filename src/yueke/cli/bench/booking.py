"""`yueke bench booking`: bookings a second over HTTP ÷ the floor in the same run."""

from collections.abc import Callable, Iterator
from itertools import islice
from statistics import median
from typing import Annotated

import typer

from yueke.cli.bench import floor, ground, load, machine, pairs, requests, served, sets, show
from yueke.cli.bench.sizes import Size

STEAL_PERCENT_MAX = 10.0
# More than any machine of this kind books in a second: by the floor, over HTTP and as a set.
FLOOR_PER_SECOND = 6_500
HTTP_PER_SECOND = 10_000
SET_PER_SECOND = 20_000
WARM_UP = 500
Json = Annotated[bool, typer.Option("--json", help="One JSON object as the last line.")]


def bench(
    rounds: Annotated[int, typer.Option(min=1)] = 3,
    seconds: Annotated[int, typer.Option(min=1, help="Of each measurement.")] = 5,
    teachers: int = 100_000,
    learners: int = 200_000,
    open_slots: int = 2_000_000,
    json: Json = False,
) -> None:
    """Book over HTTP at 256 and 64 connections, as a set alone, and by the floor, interleaved."""
    size = Size(teachers=teachers, learners=learners, open_slots=open_slots)
    with ground.prepared(size):
        found = _measure(rounds, seconds)
        ok = ground.verify()
    show.figures("booking", found, as_json=json, ok=ok)


def _measure(rounds: int, seconds: int) -> dict[str, float | int]:
    # The floor is measured twice a round, and so is HTTP.
    for_floor = 2 * FLOOR_PER_SECOND * seconds * rounds
    for_http = 2 * HTTP_PER_SECOND * seconds * rounds
    for_set = SET_PER_SECOND * seconds
    wanted = for_floor + for_http + for_set * rounds
    chosen = iter(pairs.choose(count=wanted, seed=rounds))
    sets_of_rounds = [list(islice(chosen, for_set)) for _ in range(rounds)]
    floor.prepare(list(islice(chosen, for_floor)))
    turns = iter(requests.bookings(pairs=chosen, secret=served.make_key("lp")))
    table: list[dict[str, float]] = []
    with served.served() as port:
        load.run(port=port, requests=islice(turns, WARM_UP), connections=64)
        for number, some in enumerate(sets_of_rounds):
            table.append(_round(port, turns, some, seconds))
            ground.console.print(_shown(number, table[-1]))
    floor.clear()
    return _figures(table)


def _round(
    port: int, turns: Iterator[bytes], some: list[pairs.Pair], seconds: int
) -> dict[str, float]:
    row: dict[str, float] = {}

    def http(connections: int) -> None:
        with machine.watched() as spent:
            answers = load.run(port=port, requests=turns, connections=connections, seconds=seconds)
        done = answers.statuses[201]
        row[f"http_{connections}"] = done / answers.seconds
        row[f"p50_ms_{connections}"] = answers.percentile_ms(50)
        row[f"p99_ms_{connections}"] = answers.percentile_ms(99)
        row[f"cpu_us_{connections}"] = 1e6 * spent.cpu_seconds / max(1, done)
        row[f"refused_{connections}"] = sum(answers.codes.values())

    measured: list[Callable[[], object]] = [
        lambda: row.update(floor_8=floor.run(clients=8, seconds=seconds)),
        lambda: http(256),
        lambda: row.update(set=sets.run(pairs=some, seconds=seconds)),
        lambda: http(64),
        lambda: row.update(floor_16=floor.run(clients=16, seconds=seconds)),
    ]
    with machine.watched() as spent:
        for measure in measured:
            measure()
    row["steal_percent"] = spent.steal_percent
    return row


def _figures(table: list[dict[str, float]]) -> dict[str, float | int]:
    calm = [row for row in table if row["steal_percent"] <= STEAL_PERCENT_MAX] or table
    best = [max(row["floor_8"], row["floor_16"]) for row in calm]

    def ratio(name: str) -> float:
        return median(row[name] / floor_ for row, floor_ in zip(calm, best, strict=True))

    def middle(name: str) -> float:
        return median(row[name] for row in calm)

    return {
        "http_over_floor": ratio("http_256"),
        "http_over_floor_64": ratio("http_64"),
        "set_over_floor": ratio("set"),
        "floor_per_second": median(best),
        "http_per_second": middle("http_256"),
        "http_per_second_64": middle("http_64"),
        "set_per_second": middle("set"),
        "p50_ms": middle("p50_ms_256"),
        "p99_ms": middle("p99_ms_256"),
        "p50_ms_64": middle("p50_ms_64"),
        "p99_ms_64": middle("p99_ms_64"),
        "cpu_us_per_booking": middle("cpu_us_256"),
        "steal_percent": middle("steal_percent"),
        "rounds": len(table),
        "calm_rounds": len([r for r in table if r["steal_percent"] <= STEAL_PERCENT_MAX]),
    }


def _shown(number: int, row: dict[str, float]) -> str:
    floor_ = max(row["floor_8"], row["floor_16"])
    return (
        f"round {number + 1}: floor {floor_:,.0f}/s, http {row['http_256']:,.0f} and "
        f"{row['http_64']:,.0f}/s, set {row['set']:,.0f}/s, cpu {row['cpu_us_256']:,.0f} µs, "
        f"refused {row['refused_256']:,.0f}, steal {row['steal_percent']:.0f} %"
    )
