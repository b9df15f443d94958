"""The `yueke` command: a table of commands, each loaded only when it is called."""

import importlib
import os
from dataclasses import dataclass
from typing import Any

import typer
from typer.core import TyperGroup


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One command: its module, whose `app` is a Typer application, and what it needs."""

    module: str
    about: str
    needs_database: bool = True


COMMANDS = {
    "up": Entry(
        module="yueke.cli.up",
        about="Start everything: database, tables, demo company, web pages, API and jobs.",
        needs_database=False,
    ),
    "migrate": Entry(module="yueke.cli.migrate", about="Bring the database's tables up to date."),
    "demo": Entry(module="yueke.cli.demo", about="Load the demo company."),
    "web": Entry(module="yueke.cli.web", about="Serve the pages and the API."),
    "worker": Entry(module="yueke.cli.worker", about="Run the jobs and timers."),
    "apikey": Entry(module="yueke.cli.apikey", about="Create, list and revoke API keys."),
    "verify": Entry(module="yueke.cli.verify", about="Check on live data what must never break."),
    "bench": Entry(
        module="yueke.cli.bench",
        about="Measure how fast booking and search are.",
        needs_database=False,
    ),
    "import": Entry(module="yueke.cli.imports", about="Read families or availability from files."),
}


class LazyCommands(TyperGroup):
    """The commands of the table; `--help` reads the table, a call imports one module."""

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[Any, Any, list[str]]:
        """Return the command that is called, imported and with its database running."""
        name, command, rest = super().resolve_command(ctx, args)
        entry = COMMANDS.get(name or "")
        return (name, _load(entry) if entry else command, rest)


def _load(entry: Entry) -> Any:
    from yueke.cli import database, running  # noqa: PLC0415  `--help` does without them

    if entry.needs_database:
        import django  # noqa: PLC0415  the command's module may import models

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yueke.config.settings")
        with running.told_plainly():
            database.check_address()
            django.setup()
    command = typer.main.get_command(importlib.import_module(entry.module).app)
    return running.prepared(command, needs_database=entry.needs_database)


app = typer.Typer(
    cls=LazyCommands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Yueke (约课): the booking platform of an online tutoring company.",
)


@app.callback()
def yueke() -> None:
    """Take no option of its own: the environment says where the data are."""


def _placeholder() -> None:
    raise AssertionError("the module of the table answers, never its entry")


for _name, _entry in COMMANDS.items():
    app.command(_name, help=_entry.about)(_placeholder)
