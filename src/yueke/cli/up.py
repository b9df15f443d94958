"""`yueke up`: start everything on this machine, and stop everything at its end."""

from typing import Annotated

import typer

from yueke.cli import supervisor, web_family

app = typer.Typer()


@app.command()
def up(
    host: Annotated[str, typer.Option(envvar="HOST", help="0.0.0.0 for all.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(envvar="PORT", min=0, max=65535)] = 8000,
    processes: web_family.Processes = None,
    demo: Annotated[bool, typer.Option(help="Load the demo company into an empty one.")] = True,
) -> None:
    """Start database, tables, demo company, pages, API and jobs; Ctrl-C stops them all."""
    supervisor.run(host=host, port=port, processes=processes, with_demo=demo)
