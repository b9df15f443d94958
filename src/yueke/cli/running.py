"""What surrounds every command: its database runs, and its failures are one sentence."""

import errno
import functools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import typer

from yueke.cli import database
from yueke.cli.cannot_run import CannotRun
from yueke.kernel.refusal import Refusal


def prepared(command: Any, *, needs_database: bool) -> Any:
    """Return the command with each of its leaves surrounded; `--help` still starts nothing."""
    for inner in getattr(command, "commands", {}).values():
        prepared(inner, needs_database=needs_database)
    callback = command.callback
    if callback is None or hasattr(command, "commands"):
        return command

    @functools.wraps(callback)
    def surrounded(*args: Any, **kwargs: Any) -> Any:
        with told_plainly():
            if not needs_database:
                return callback(*args, **kwargs)
            with database.running():
                return callback(*args, **kwargs)

    command.callback = surrounded
    return command


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn a refusal, or the machine's no, into one sentence and exit code 1."""
    try:
        yield
    except Refusal as refusal:
        _end(_explain_refusal(refusal))
    except CannotRun as reason:
        _end(str(reason))
    except OSError as error:
        _end(_explain_system(error))
    except Exception as error:
        cause = error if isinstance(error, psycopg.Error) else error.__cause__
        if isinstance(cause, psycopg.errors.UndefinedTable | psycopg.errors.UndefinedColumn):
            _end("The tables are missing, or older than this Yueke: run `yueke migrate` first.")
        if not isinstance(cause, psycopg.OperationalError):
            raise
        _end(database.explain(cause))


def _explain_refusal(refusal: Refusal) -> str:
    """Return the code, what it means, and the facts."""
    meaning = (type(refusal).__doc__ or "").split("\n", 1)[0]
    facts = ", ".join(f"{name}: {value}" for name, value in refusal.facts().items())
    return f"{refusal.code}: {meaning}" + (f" ({facts})" if facts else "")


def _explain_system(error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return "The disk is full: free some space and try again."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return (
            f"This user may not use {error.filename}: start Yueke as the user who owns it, or set "
            "YUEKE_DATA to a folder of your own."
        )
    raise error


def _end(sentence: str) -> None:
    typer.secho(sentence, err=True, fg=typer.colors.RED)
    raise typer.Exit(1)
