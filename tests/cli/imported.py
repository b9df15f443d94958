"""The command `yueke import`, called as a person would call it, in this process."""

import pytest
import typer

from yueke.cli import imports, running


def call(*arguments: str) -> int:
    """Run `yueke import …` and return its exit code."""
    command = running.prepared(typer.main.get_command(imports.app), needs_database=False)
    with pytest.raises(SystemExit) as ended:
        command.main(args=list(arguments), prog_name="yueke import")
    return int(ended.value.code or 0)
