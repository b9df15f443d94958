"""`yueke import`: take in what people keep in files: calendars, and sheets of families."""

import typer

from yueke.cli.imports.availability import availability
from yueke.cli.imports.families import families

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)
app.command()(availability)
app.command()(families)
