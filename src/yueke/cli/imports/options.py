"""The options that imports share."""

from pathlib import Path
from typing import Annotated

import typer

MarketCode = Annotated[str | None, typer.Option(help="Its code; needed where there are several.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what it would do, and do nothing.")]
SkipBad = Annotated[bool, typer.Option("--skip-bad", help="Let what is good in without the bad.")]
FamiliesFile = Annotated[
    Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="A .csv or .xlsx file.")
]
AvailabilityFile = Annotated[
    Path,
    typer.Argument(exists=True, dir_okay=False, readable=True, help="An .ics, .csv or .xlsx file."),
]
