"""What is wrong with a file, row by row."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """What is wrong at one place: the row as a spreadsheet numbers it, the column, a sentence."""

    row: int
    column: str
    says: str


class Wrong(Exception):
    """A cell that cannot be read; the message is the sentence."""

    def __init__(self, column: str, says: str) -> None:
        super().__init__(says)
        self.column = column

    def at(self, row: int) -> Problem:
        """Return the problem, now that the row is known."""
        return Problem(row, self.column, str(self))
