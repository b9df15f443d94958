"""Tell what an import does and what is wrong, and end it when nothing may be written."""

from collections.abc import Sequence
from pathlib import Path

import typer

from yueke.cli.cannot_run import CannotRun
from yueke.cli.imports.problems import Problem


def tell_problems(problems: Sequence[Problem], *, noun: str = "row") -> None:
    """Write what is wrong, a line a problem, to the standard error."""
    for problem in problems:
        place = f"{noun} {problem.row}" + (f", {problem.column}" if problem.column else "")
        typer.secho(f"{place}: {problem.says}", err=True, fg=typer.colors.RED)


def end_unless_good(
    problems: Sequence[Problem], *, good: int, noun: str, skip_bad: bool, may_skip: bool = True
) -> None:
    """End with exit code 1 where something is wrong, unless what is good goes in without it."""
    tell_problems(problems, noun=noun)
    if not problems or (skip_bad and may_skip and good):
        return
    wrong = len({problem.row for problem in problems})
    advice = ", or leave the bad ones out with --skip-bad" if may_skip and not skip_bad else ""
    typer.secho(
        f"Nothing was written: {wrong} of the {noun}s cannot be read. Correct them{advice}.",
        err=True,
        fg=typer.colors.RED,
    )
    raise typer.Exit(1)


def end_unless_any(rows: Sequence[object], *, file: Path) -> None:
    """Raise CannotRun for a sheet that has headings and nothing else."""
    if not rows:
        raise CannotRun(f"{file} holds no rows: there is nothing to take in.")


def tell_end(summary: str, *, dry_run: bool) -> None:
    """Write what was done in all, or would be."""
    typer.echo(f"{summary} (dry run: nothing was written)" if dry_run else summary)
