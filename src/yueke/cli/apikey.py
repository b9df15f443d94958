"""`yueke apikey`: create, list and revoke the keys of other systems."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Column, Table

from yueke.kernel.actor import Actor
from yueke.kernel.refusal import Refusal
from yueke.people import commands as people
from yueke.people import public_ids
from yueke.people import queries as people_queries
from yueke.people.channels import channels
from yueke.people.models import ApiKey, Market
from yueke.people.refusals import FamilyNotFound, TeacherNotFound

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)

MarketCode = Annotated[str | None, typer.Option(help="Its code; needed where there are several.")]


@app.command()
def create(
    channel: Annotated[str, typer.Option(help="For whom it speaks: " + ", ".join(channels()))],
    market: MarketCode = None,
    family: Annotated[str | None, typer.Option(help="Reach nothing but this family: fam_…")] = None,
    teacher: Annotated[
        str | None, typer.Option(help="Reach nothing but this teacher: tch_…")
    ] = None,
    name: Annotated[str, typer.Option(help="What people call it.")] = "",
    per_minute: Annotated[int, typer.Option(min=1, help="Requests a minute.")] = 6000,
) -> None:
    """Make a key; its secret is written once, alone on the standard output."""
    found = people_queries.get_market(code=market)
    key, secret = people.create_api_key(
        actor=_operator(found),
        now=datetime.now(UTC),
        channel=channel,
        name=name,
        family_id=_read("fam", family, FamilyNotFound),
        teacher_id=_read("tch", teacher, TeacherNotFound),
        requests_per_minute=per_minute,
    )
    typer.echo(
        f"Key {public_ids.show('key', key.id)} for {channels()[channel].name_en} in "
        f"{found.code}. Keep it now: it is not shown again.",
        err=True,
    )
    typer.echo(secret)


@app.command("list")
def list_keys(market: MarketCode = None) -> None:
    """List the keys, without their secrets."""
    found = people_queries.get_market(code=market)
    table = Table(
        Column("Key", no_wrap=True),
        "Channel",
        "Name",
        "Begins with",
        "A minute",
        "Created",
        "Revoked",
    )
    for key in ApiKey.objects.filter(market=found).order_by("id"):
        table.add_row(
            public_ids.show("key", key.id),
            key.channel,
            key.name,
            key.hint,
            f"{key.requests_per_minute:,}",
            f"{key.created_at:%Y-%m-%d %H:%M}",
            f"{key.revoked_at:%Y-%m-%d %H:%M}" if key.revoked_at else "",
        )
    Console().print(table)


@app.command()
def revoke(
    key: Annotated[str, typer.Argument(help="As `yueke apikey list` shows it: key_…")],
    market: MarketCode = None,
) -> None:
    """Stop a key at once."""
    found = people_queries.get_market(code=market)
    key_id = public_ids.read("key", key)
    revoked = key_id is not None and people.revoke_api_key(
        actor=_operator(found), now=datetime.now(UTC), key_id=key_id
    )
    if not revoked:
        typer.echo(f"No key {key} is in use in {found.code}: see `yueke apikey list`.", err=True)
        raise typer.Exit(1)
    typer.echo(f"Key {key} is revoked.")


def _operator(market: Market) -> Actor:
    """Return who acts: whoever may run commands on the machine itself."""
    return Actor(market.id, "job", 0, "system")


def _read(prefix: str, text: str | None, not_found: Callable[[str], Refusal]) -> int | None:
    """Return the row of a public id, none for none, or refuse."""
    if text is None:
        return None
    number = public_ids.read(prefix, text)
    if number is None:
        raise not_found(text)
    return number
