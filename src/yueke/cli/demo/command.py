"""`yueke demo`: load the demo company, or say how to log in."""

from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from yueke.cli.demo import company, load, logins
from yueke.cli.demo.size import decide_size

app = typer.Typer()
Number = int | None


@app.command()
def demo(
    scale: Annotated[float, typer.Option(help="1 is the seed's size; 325 is the top.")] = 1,
    seed: Annotated[int, typer.Option(min=0, help="The same seed makes the same company.")] = 1,
    learners: Annotated[Number, typer.Option(help="Learners, whatever the scale.")] = None,
    teachers: Annotated[Number, typer.Option(help="Teachers, whatever the scale.")] = None,
    open_slots: Annotated[
        Number, typer.Option(help="So many open slots in the coming week, and no lessons.")
    ] = None,
    if_empty: Annotated[bool, typer.Option("--if-empty", help="Only into an empty one.")] = False,
    only_logins: Annotated[bool, typer.Option("--logins", help="Only say how to log in.")] = False,
) -> None:
    """Load the demo company: generated, repeatable, laid in the weeks around today."""
    console = Console()
    if only_logins:
        if load.is_loaded():
            logins.show(console)
        return
    if if_empty and not load.is_empty():
        return
    if load.is_loaded():
        console.print("The demo company is here already.")
        return
    load.check_empty()
    size = decide_size(scale=scale, learners=learners, teachers=teachers, open_slots=open_slots)
    now = datetime.now(UTC)
    console.print("Making the demo company…")
    made = company.make(size=size, seed=seed, now=now)
    with _progress(console) as progress:
        task = progress.add_task("rows", total=load.rows(made))
        load.load(company=made, now=now, told=lambda count: progress.advance(task, count))
        progress.update(task, completed=load.rows(made))
    console.print(
        f"Loaded: {size.learners:,} learners and {size.aliases:,} alias accounts, "
        f"{size.teachers:,} teachers, {made.slots:,} slots, {len(made.lessons.week):,} lessons."
    )


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("Loading"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        console=console,
    )
