"""How runs and their rows are refused."""

from dataclasses import dataclass
from typing import ClassVar

from yueke.kernel.refusal import Kind, Refusal


@dataclass
class RunNotFound(Refusal):
    """The market has no such run."""

    code: ClassVar[str] = "run_not_found"
    kind: ClassVar[Kind] = Kind.MISSING
    run_id: int | str


@dataclass
class RunRowNotFound(Refusal):
    """The run has no such row."""

    code: ClassVar[str] = "run_row_not_found"
    kind: ClassVar[Kind] = Kind.MISSING
    row: int | str


@dataclass
class RunRowNotMissed(Refusal):
    """The row's lesson was booked, or is about to be."""

    code: ClassVar[str] = "run_row_not_missed"
    kind: ClassVar[Kind] = Kind.CONFLICT
    state: str


@dataclass
class RunRowBroken(Refusal):
    """Something broke here each time this lesson of a run was tried; nothing was booked."""

    code: ClassVar[str] = "run_row_broken"
    kind: ClassVar[Kind] = Kind.BROKEN
