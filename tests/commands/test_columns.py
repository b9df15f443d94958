"""Lists of values travel to PostgreSQL and back as array literals."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yueke.kernel import columns

pytestmark = pytest.mark.django_db
same_database = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
# What PostgreSQL has no place for, doors refuse: NUL, and halves of surrogate pairs.
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
AWKWARD = [
    "", " ", "NULL", '"', '""', "\\", '\\"', "\\\\", "{}", "{", "}", ",", "a,b", "'", "\n", "\t",
    "约课", "👩‍🏫", "é", "%s", "\u2028", None,
]  # fmt: skip


def round_trip(literal: str, of: str) -> list[object]:
    """Return what PostgreSQL reads in an array literal."""
    statements = {
        "texts": "SELECT %s::text[]",
        "numbers": "SELECT %s::bigint[]",
        "instants": "SELECT %s::timestamptz[]",
    }
    with connection.cursor() as cursor:
        cursor.execute(statements[of], [literal])
        [found] = cursor.fetchone()
        return list(found)


def test_quotes_backslashes_and_nulls_arrive_as_they_are() -> None:
    assert round_trip(columns.texts(AWKWARD), "texts") == AWKWARD


@same_database
@given(st.lists(TEXTS | st.none()))
def test_any_texts_arrive_as_they_are(values: list[str | None]) -> None:
    assert round_trip(columns.texts(values), "texts") == values


@same_database
@given(st.lists(st.integers(-(1 << 63), (1 << 63) - 1) | st.none()))
def test_any_numbers_arrive_as_they_are(values: list[int | None]) -> None:
    assert round_trip(columns.numbers(values), "numbers") == values


@same_database
@given(
    st.lists(
        st.builds(
            lambda microseconds, minutes: (
                datetime(1990, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
            ).astimezone(timezone(timedelta(minutes=minutes))),
            st.integers(0, 4_000_000_000_000_000),
            st.integers(-14 * 60, 14 * 60),
        )
        | st.none()
    )
)
def test_any_instants_arrive_as_the_same_instants(values: list[datetime | None]) -> None:
    assert round_trip(columns.instants(values), "instants") == values


@pytest.mark.parametrize("of", ["texts", "numbers", "instants"])
def test_no_values_are_an_empty_array(of: str) -> None:
    assert round_trip(getattr(columns, of)([]), of) == []
