"""`yueke bench`: how fast booking and search are, as ratios against a floor in the same run."""

import typer

from yueke.cli.bench import autobook, booking, match, mixed, overbook, pages, rush, search

app = typer.Typer(no_args_is_help=True)
app.command("autobook")(autobook.bench)
app.command("booking")(booking.bench)
app.command("match")(match.bench)
app.command("mixed")(mixed.bench)
app.command("overbook")(overbook.bench)
app.command("pages")(pages.bench)
app.command("rush")(rush.bench)
app.command("search")(search.bench)
