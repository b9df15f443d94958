"""Print one line for each law; exit 1 with the offending rows if one is broken."""

from datetime import UTC, datetime

import typer

from yueke.cli.verify import laws

app = typer.Typer()


@app.command()
def verify() -> None:
    """Check what must never break (I-1 to I-9) without stopping anyone."""
    broken = False
    for finding in laws.check(now=datetime.now(UTC)):
        state = "ok" if not finding.broken else f"BROKEN by {finding.broken:,}"
        typer.echo(f"{finding.law.id}  {finding.law.says:<52} {finding.checked:>12,} rows  {state}")
        for row in finding.rows:
            typer.echo(f"       {row}")
        broken = broken or finding.broken > 0
    if broken:
        raise typer.Exit(1)
