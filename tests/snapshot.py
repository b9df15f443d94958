"""What the tables hold, so that a test can say which of them a command changed, and by what."""

from collections import Counter
from collections.abc import Iterable

from django.db import connection
from psycopg import sql

TABLES = (
    "slot", "lesson", "seat", "seat_cell", "account", "transfer", "event", "request_key",
    "learner", "family", "teacher", "learning_progress", "api_key", "webhook_endpoint",
    "webhook_delivery", "open_class", "class_cover", "class_wait", "class_attendance",
    "replay", "replay_price", "replay_purchase",
)  # fmt: skip
Contents = dict[str, Counter[str]]


def take(tables: Iterable[str] = TABLES) -> Contents:
    """Return every row of these tables as text; of itself, of all that most commands write."""
    return {table: _rows(table) for table in tables}


def every_table() -> list[str]:
    """Return the names of all tables there are."""
    return connection.introspection.table_names()


def changes(before: Contents) -> dict[str, tuple[int, int]]:
    """Return, for each table that is not as before, how many rows came and how many went.

    A row that was updated both went and came.
    """
    after = take(before)
    return {
        table: ((after[table] - before[table]).total(), (before[table] - after[table]).total())
        for table in before
        if after[table] != before[table]
    }


def _rows(table: str) -> Counter[str]:
    statement = sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(table))
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return Counter(row[0] for row in cursor.fetchall())
