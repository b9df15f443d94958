"""A folder of its own for each test that starts Yueke, and a way to start it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.started import Up


@pytest.fixture
def data_folder(tmp_path: Path) -> Path:
    """Return a data folder that does not exist yet."""
    return tmp_path / "data"


@pytest.fixture
def start(data_folder: Path) -> Iterator[Callable[[], Up]]:
    """Return what starts `yueke up`; all are gone after the test."""
    started: list[Up] = []

    def start_one() -> Up:
        started.append(Up(data_folder=data_folder))
        return started[-1]

    yield start_one
    for up in reversed(started):
        up.tidy_up()
