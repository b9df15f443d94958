"""Figures as a table for people, and as one JSON object on the last line for programs."""

import json
from collections.abc import Mapping

import typer
from rich.console import Console
from rich.table import Table


def figures(name: str, found: Mapping[str, float | int], *, as_json: bool, ok: bool) -> None:
    """Print the figures; exit 1 when `verify` found a law broken."""
    table = Table("figure", "value", title=f"bench {name}")
    for key, value in found.items():
        table.add_row(key, f"{value:,.2f}" if isinstance(value, float) else f"{value:,}")
    Console().print(table)
    if as_json:
        typer.echo(json.dumps({key: round(value, 3) for key, value in found.items()}))
    if not ok:
        raise typer.Exit(1)
