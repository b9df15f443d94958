"""Read a CSV or XLSX file as rows of texts, numbered as a spreadsheet numbers them."""

import csv
import difflib
import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars

from yueke.cli.cannot_run import CannotRun
from yueke.cli.imports.problems import Problem

_BYTES_MAX = 50_000_000


@dataclass(frozen=True)
class Row:
    """One row: its number, and its cells by column, trimmed; an empty cell is ''."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True)
class Sheet:
    """A file's columns, its rows with anything in them, and rows that are too long or short."""

    columns: list[str]
    rows: list[Row]
    problems: list[Problem]


def read(path: Path) -> Sheet:
    """Read a file by its ending. Raises CannotRun for one that is none of these."""
    ending = path.suffix.lower()
    if ending == ".xlsx":
        _check_size(path)
        return _sheet(_xlsx_lines(path))
    if ending == ".csv":
        return _sheet(_csv_lines(path))
    raise CannotRun(f"{path} is neither a .csv nor an .xlsx file.")


def unknown_columns(
    sheet: Sheet, *, needed: Collection[str], known: Collection[str]
) -> list[Problem]:
    """Return what is wrong with the headings: columns missing, or of no meaning here."""
    problems = [
        Problem(1, column, f"The column {column} is missing.")
        for column in needed
        if column not in sheet.columns
    ]
    for column in sheet.columns:
        if sheet.columns.count(column) > 1:
            problems.append(Problem(1, column, f"The column {column} stands twice."))
        elif column not in known:
            near = difflib.get_close_matches(column, known, n=1)
            meant = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}."
            problems.append(Problem(1, column, f"The column {column} is not known: {meant}"))
    return sorted(set(problems))


def _sheet(lines: Sequence[Sequence[str]]) -> Sheet:
    columns = [heading.strip().lower() for heading in (lines[0] if lines else [])]
    while columns and not columns[-1]:
        columns.pop()
    rows, problems = [], []
    for number, line in enumerate(lines[1:], 2):
        cells = [cell.strip() for cell in line]
        if not any(cells):
            continue
        if any(cells[len(columns) :]):
            says = f"The row has {len(cells)} cells, and there are {len(columns)} columns."
            problems.append(Problem(number, "", says))
            continue
        rows.append(Row(number, dict(zip(columns, cells, strict=False))))
    return Sheet(columns, rows, problems)


def text_of(path: Path) -> str:
    """Read a file's text, in UTF-8 or as Excel in China writes it."""
    _check_size(path)
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise CannotRun(f"{path} is not text in UTF-8: save it as CSV UTF-8.")


def _check_size(path: Path) -> None:
    if path.stat().st_size > _BYTES_MAX:
        raise CannotRun(f"{path} is larger than {_BYTES_MAX // 1_000_000} MB: split it.")


def _csv_lines(path: Path) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text_of(path), newline="")))
    except csv.Error as error:
        raise CannotRun(f"{path} cannot be read as CSV ({error}).") from None


def _xlsx_lines(path: Path) -> list[list[str]]:
    try:
        # Every cell as text, and empty rows too: they count in a spreadsheet's numbers.
        frame = polars.read_excel(
            path, has_header=False, infer_schema_length=0, drop_empty_rows=False
        )
    except Exception as error:
        # The reader has no error of its own for a file that only calls itself XLSX.
        raise CannotRun(f"{path} cannot be read as XLSX ({error}).") from error
    return [["" if cell is None else str(cell) for cell in row] for row in frame.iter_rows()]
