"""`yueke bench pages`: the server time and the queries of every page, on the demo company."""

import json as json_text
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from yueke.cli.bench import ground
from yueke.cli.bench.booking import Json
from yueke.cli.bench.statements import counted

if TYPE_CHECKING:
    from django.test import Client

    from yueke.cli.bench.addresses import Address

ASKED_MS = 100.0


@dataclass(frozen=True)
class Measured:
    """One page as one person sees it: milliseconds in the server, and statements sent."""

    page: str
    who: str
    median_ms: float
    worst_ms: float
    queries: int


def bench(
    rounds: Annotated[int, typer.Option(min=1, help="Of each page, after one to warm up.")] = 15,
    scale: Annotated[float, typer.Option(help="Of the demo company.")] = 1,
    json: Json = False,
) -> None:
    """Ask for every page in turn, in this process, through all of the middleware."""
    # The demo's staff have no second factor.
    os.environ["YUEKE_STAFF_MFA"] = "optional"
    with ground.demo_company(scale):
        found, left_out = _measure(rounds)
        ok = ground.verify()
    _show(found, left_out)
    if json:
        typer.echo(json_text.dumps([row.__dict__ for row in found]))
    if not ok:
        raise typer.Exit(1)


def _measure(rounds: int) -> tuple[list[Measured], list[str]]:
    """Return each page measured, and the names of those that show nothing to a GET."""
    from yueke.cli.bench import addresses  # noqa: PLC0415  needs Django, which is set up by now

    found: list[Measured] = []
    left_out: list[str] = []
    for page in addresses.every_page():
        seen = [row for one in page.addresses if (row := _ask(one, rounds))]
        found += seen
        if not seen:
            left_out.append(page.name)
    return found, left_out


def _ask(address: "Address", rounds: int) -> Measured | None:
    """Return what one person's page takes, or None where it is no page of theirs."""
    from yueke.cli.bench import addresses  # noqa: PLC0415  needs Django, which is set up by now

    client = addresses.client_of(address.who)
    if client.get(address.url).status_code != 200:
        return None
    with counted() as statements:
        _timed(client, address.url)
    times = sorted(_timed(client, address.url) for _ in range(rounds))
    return Measured(address.page, address.who, median(times), times[-1], len(statements))


def _timed(client: "Client", url: str) -> float:
    began = time.perf_counter()
    client.get(url)
    return 1000 * (time.perf_counter() - began)


def _show(found: Sequence[Measured], left_out: Sequence[str]) -> None:
    table = Table("page", "who", "median ms", "worst ms", "queries", title="bench pages")
    for row in sorted(found, key=lambda row: -row.median_ms):
        style = "bold red" if row.median_ms > ASKED_MS else ""
        times = (f"{row.median_ms:.1f}", f"{row.worst_ms:.1f}")
        table.add_row(row.page, row.who, *times, str(row.queries), style=style)
    console = Console()
    console.print(table)
    slow = [row.page for row in found if row.median_ms > ASKED_MS]
    console.print(f"{len(found)} pages, {len(slow)} over {ASKED_MS:.0f} ms: {', '.join(slow)}")
    console.print(f"Nothing to look at by GET here: {', '.join(left_out)}")
