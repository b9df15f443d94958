"""Pages of lists, by name or by time: each begins after the last row of the one before."""

from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.db.models import Model, Q, QuerySet

from yueke.portals.days import is_near

Row = TypeVar("Row", bound=Model)
PAGE = 30
EXPORT_MAX = 20_000


def after_row(*, rows: QuerySet[Row], market_id: int, after: int | None) -> QuerySet[Row]:
    """Return the rows, in order of name and id, that follow the market's one with this id."""
    if after is None:
        return rows
    last: Any = rows.model._default_manager.filter(market_id=market_id, pk=after).first()
    if last is None:
        return rows
    return rows.filter(Q(name__gt=last.name) | Q(name=last.name, pk__gt=last.pk))


def address(**values: str) -> str:
    """Return a query of those of the values that are not empty."""
    return f"?{urlencode({name: value for name, value in values.items() if value})}"


def before_row(*, rows: QuerySet[Row], before: str, number: str) -> QuerySet[Row]:
    """Return the rows, newest first, that follow a mark; `number` names the field beside `at`."""
    at, _, last = before.partition("~")
    try:
        moment, last_number = datetime.fromisoformat(at), int(last)
    except ValueError:
        return rows
    if moment.tzinfo is None or not is_near(moment.date()):
        return rows
    same = Q(**{"at": moment, f"{number}__lt": last_number})
    return rows.filter(Q(at__lt=moment) | same)


def mark(*, at: datetime, number: int) -> str:
    """Return the mark of the last row of a page."""
    return f"{at.isoformat()}~{number}"
