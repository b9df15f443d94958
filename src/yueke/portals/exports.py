"""Lists as files to take away: CSV that spreadsheets open rightly, and XLSX."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from django.http import HttpResponse, StreamingHttpResponse
from openpyxl import Workbook

Row = Sequence[object]
KINDS: Final = ("csv", "xlsx")
XLSX_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Spreadsheets take a cell that begins so for a formula, whoever wrote the name in it.
FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")


def table_file(
    *, kind: str, name: str, head: Sequence[object], rows: Iterable[Row]
) -> HttpResponse | StreamingHttpResponse:
    """Return the rows under their head as a download `name`.csv or `name`.xlsx."""
    response: HttpResponse | StreamingHttpResponse
    if kind == "xlsx":
        response = HttpResponse(_xlsx(head, rows), content_type=XLSX_TYPE)
    else:
        kind = "csv"
        response = StreamingHttpResponse(_csv(head, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response["Cache-Control"] = "no-store"
    return response


def harmless(value: object) -> object:
    """Return the value as a cell that no spreadsheet will compute."""
    if isinstance(value, int | float) or value is None:
        return value
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def _csv(head: Sequence[object], rows: Iterable[Row]) -> Iterator[str]:
    # The mark at the beginning tells Excel that the Chinese is UTF-8.
    yield "\ufeff" + _line(head)
    for row in rows:
        yield _line(row)


def _line(row: Row) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow([harmless(value) for value in row])
    return buffer.getvalue()


def _xlsx(head: Sequence[object], rows: Iterable[Row]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append([harmless(value) for value in head])
    for row in rows:
        sheet.append([harmless(value) for value in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
