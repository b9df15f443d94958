"""`yueke bench search`: a page of teachers and a week's half-hours among two million open slots."""

import random
from datetime import datetime, timedelta
from typing import Annotated

import typer

from yueke.cli.bench import ground, load, machine, requests, served, show
from yueke.cli.bench.booking import Json
from yueke.cli.bench.sizes import Size
from yueke.kernel import sql

CLIENTS = 8


def bench(
    count: Annotated[int, typer.Option(min=100, help="Searches of each kind.")] = 3_000,
    teachers: int = 100_000,
    learners: int = 200_000,
    open_slots: int = 2_000_000,
    json: Json = False,
) -> None:
    """Search as parents do: some evening hours, a level, a tag, when the learner is free."""
    size = Size(teachers=teachers, learners=learners, open_slots=open_slots)
    with ground.prepared(size):
        found = _measure(count)
        ok = ground.verify()
    show.figures("search", found, as_json=json, ok=ok)


def _measure(count: int) -> dict[str, float | int]:
    secret = served.make_key("parents-h5")
    chance = random.Random(1)
    learners, tags, monday = _who_and_when()
    pages = [_page(chance, learners, tags, monday, secret) for _ in range(count)]
    weeks = [_week(chance, learners, monday, secret) for _ in range(count // 10)]
    with served.served() as port, machine.watched() as spent:
        load.run(port=port, requests=iter(pages[:200]), connections=CLIENTS)
        with machine.watched() as spent_on_pages:
            by_page = load.run(port=port, requests=iter(pages), connections=CLIENTS)
        load.run(port=port, requests=iter(weeks[:20]), connections=CLIENTS)
        by_week = load.run(port=port, requests=iter(weeks), connections=CLIENTS)
    return {
        "page_p50_ms": by_page.percentile_ms(50),
        "page_p99_ms": by_page.percentile_ms(99),
        "pages_per_second": len(by_page.latencies) / by_page.seconds,
        "cpu_us_per_page": 1e6 * spent_on_pages.cpu_seconds / len(by_page.latencies),
        "week_p50_ms": by_week.percentile_ms(50),
        "week_p99_ms": by_week.percentile_ms(99),
        "weeks_per_second": len(by_week.latencies) / by_week.seconds,
        "errors": sum(by_page.codes.values()) + sum(by_week.codes.values()),
        "steal_percent": spent.steal_percent,
    }


def _who_and_when() -> tuple[list[str], list[str], datetime]:
    from yueke.people import public_ids  # noqa: PLC0415  needs Django, which is set up by now

    with ground.connect() as link:
        rows = link.execute(sql.load(__package__, "some_learners")).fetchall()
        tags = link.execute(sql.load(__package__, "all_tags")).fetchall()
        first = link.execute(sql.load(__package__, "first_open")).fetchone()
    assert first is not None
    ids = [public_ids.show("lrn", int(str(row[0]))) for row in rows]
    return ids, [str(row[0]) for row in tags], first[0]


def _page(
    chance: random.Random, learners: list[str], tags: list[str], first: datetime, secret: str
) -> bytes:
    # Three hours of an evening in Beijing: 18:00 to 21:00 is 10:00 to 13:00 UTC.
    evening = first.replace(hour=10, minute=0) + timedelta(days=chance.randrange(1, 6))
    query = _window(chance, learners, evening, timedelta(hours=3))
    query.append(("tag", chance.choice(tags)))
    return requests.get(path="/api/v1/teachers", query=query, secret=secret)


def _week(chance: random.Random, learners: list[str], first: datetime, secret: str) -> bytes:
    query = _window(chance, learners, first, timedelta(days=7))
    return requests.get(path="/api/v1/times", query=query, secret=secret)


def _window(
    chance: random.Random, learners: list[str], begin: datetime, length: timedelta
) -> list[tuple[str, str]]:
    return [
        ("learner", chance.choice(learners)),
        ("product", "major"),
        ("from", begin.isoformat()),
        ("to", (begin + length).isoformat()),
    ]
