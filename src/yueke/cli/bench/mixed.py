"""`yueke bench mixed`: a day of a company of 100,000 teachers, compressed, over every channel."""

import random
from collections.abc import Iterable, Iterator
from itertools import cycle, islice
from typing import Annotated, Any

import typer

from yueke.cli.bench import ground, load, machine, pairs, requests, served, sets, show
from yueke.cli.bench.booking import Json
from yueke.cli.bench.sizes import Size
from yueke.kernel import sql

CONNECTIONS = 64
WARM_UP = 500
# Of a hundred requests: so many of each, and who sends them.
DAY: dict[str, tuple[int, tuple[str, ...]]] = {
    "/bookings": (60, ("lp", "parents-h5", "parents-pc")),
    "/cancellations": (15, ("parents-h5", "parents-pc", "lp", "tmk", "cc", "fireman")),
    "/teacher-changes": (6, ("fireman",)),
    "/courseware-changes": (3, ("lp", "fireman")),
    "/finishes": (9, ("fireman",)),
    "/student-swaps": (7, ("tmk", "cc")),
}
Bodies = Iterable[dict[str, Any]]


def bench(
    operations: Annotated[int, typer.Option(min=1_000, help="Requests of the day.")] = 20_000,
    teachers: int = 100_000,
    learners: int = 200_000,
    open_slots: int = 2_000_000,
    json: Json = False,
) -> None:
    """Book, cancel, swap, change and finish, all channels at once; then verify every law."""
    size = Size(teachers=teachers, learners=learners, open_slots=open_slots)
    with ground.prepared(size):
        found = _measure(operations)
        ok = ground.verify()
    show.figures("mixed", found, as_json=json, ok=ok)


def _measure(operations: int) -> dict[str, float | int]:
    counts = {path: operations * share // 100 for path, (share, _) in DAY.items()}
    lessons = operations - counts["/bookings"]
    chosen = iter(pairs.choose(count=lessons + operations, seed=operations))
    seats = _booked_before(list(islice(chosen, lessons)))
    bodies: dict[str, Bodies] = {
        "/bookings": (requests.booking(pair) for pair in chosen),
        "/cancellations": _named(islice(seats, counts["/cancellations"])),
        "/finishes": _begun(list(islice(seats, counts["/finishes"]))),
        "/teacher-changes": _rows("stand_ins", list(islice(seats, counts["/teacher-changes"]))),
        "/courseware-changes": (
            {**body, "number": 1} for body in _named(islice(seats, counts["/courseware-changes"]))
        ),
        "/student-swaps": _rows("newcomers", list(islice(seats, counts["/student-swaps"]))),
    }
    keys = {channel: served.make_key(channel) for _, who in DAY.values() for channel in who}
    day = []
    for path, (_, who) in DAY.items():
        some = islice(bodies[path], counts[path])
        channels = cycle(who)
        day += [requests.post(f"/api/v1{path}", body, keys[next(channels)]) for body in some]
    random.Random(operations).shuffle(day)
    with served.served() as port, machine.watched() as spent:
        turns = iter(day)
        load.run(port=port, requests=islice(turns, WARM_UP), connections=CONNECTIONS)
        answers = load.run(port=port, requests=turns, connections=CONNECTIONS)
    refused = sum(answers.codes.values())
    return {
        "operations": len(answers.latencies),
        "done": answers.statuses[201],
        "refused": refused,
        "failed": sum(n for status, n in answers.statuses.items() if status >= 500),
        "operations_per_second": len(answers.latencies) / answers.seconds,
        "p50_ms": answers.percentile_ms(50),
        "p99_ms": answers.percentile_ms(99),
        "steal_percent": spent.steal_percent,
    }


def _booked_before(chosen: list[pairs.Pair]) -> Iterator[int]:
    """Book lessons for the day to work on, and return their seats."""
    [(newest,)] = _select("newest_seat", ())
    sets.run(pairs=chosen)
    return (seat_id for (seat_id,) in _select("seats_since", (newest,)))


def _begun(seats: list[int]) -> Bodies:
    """Move lessons back by two weeks, as if they had been booked and had begun then."""
    _select("move_back", {"seats": seats})
    return _named(seats)


def _named(seats: Iterable[int]) -> Bodies:
    from yueke.people import public_ids  # noqa: PLC0415  needs Django, which is set up by now

    return ({"seat": public_ids.show("st", seat_id)} for seat_id in seats)


def _rows(name: str, seats: list[int]) -> Bodies:
    """Return a body for each seat: with another teacher, or another learner."""
    from yueke.people import public_ids  # noqa: PLC0415  needs Django, which is set up by now

    other, prefix = {"stand_ins": ("teacher", "tch"), "newcomers": ("learner", "lrn")}[name]
    for seat_id, other_id in _select(name, {"seats": seats}):
        yield {"seat": public_ids.show("st", seat_id), other: public_ids.show(prefix, other_id)}


def _select(name: str, params: Any) -> list[tuple[Any, ...]]:
    with ground.connect() as link:
        return link.execute(sql.load(__package__, name), params).fetchall()
