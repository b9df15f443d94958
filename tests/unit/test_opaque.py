"""Ids as they leave the house."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yueke.kernel.opaque import Opaque

LEARNERS = Opaque("lrn", "a secret")
TEACHERS = Opaque("tch", "a secret")
ROWS = st.integers(0, (1 << 63) - 1)


@given(ROWS)
def test_what_is_shown_is_read_back(row: int) -> None:
    shown = LEARNERS.show(row)
    assert len(shown) == len("lrn_") + 16
    assert LEARNERS.read(shown) == row


@given(ROWS, ROWS)
def test_two_rows_never_share_an_id(one: int, other: int) -> None:
    assert (LEARNERS.show(one) == LEARNERS.show(other)) == (one == other)


@given(ROWS)
def test_an_id_of_another_kind_is_none_of_this_kind(row: int) -> None:
    assert LEARNERS.read(TEACHERS.show(row)) is None


@given(st.integers(1, 100_000))
def test_another_kind_s_letters_under_this_kind_s_name_are_another_row(row: int) -> None:
    letters = TEACHERS.show(row).removeprefix("tch_")
    assert LEARNERS.read(f"lrn_{letters}") != row


@given(st.integers(1, 100_000))
def test_another_installation_s_id_is_another_row(row: int) -> None:
    assert Opaque("lrn", "another secret").read(LEARNERS.show(row)) != row


def test_ids_in_a_row_share_no_beginning() -> None:
    beginnings = {LEARNERS.show(row)[:8] for row in range(1000)}
    assert len(beginnings) > 990


@given(st.text(max_size=30) | st.from_regex(r"lrn_[0-9a-f]{16}", fullmatch=True))
def test_any_text_is_read_without_a_crash_as_a_row_that_can_be(text: str) -> None:
    row = LEARNERS.read(text)
    assert row is None or (0 <= row < 1 << 63 and LEARNERS.show(row) == text)


@pytest.mark.parametrize(
    "text", ["", "lrn_", "lrn_0", "lrn_" + "g" * 16, "lrn_" + "A" * 16, "lrn_" + "0" * 17, "0" * 16]
)
def test_what_is_no_id_is_none(text: str) -> None:
    assert LEARNERS.read(text) is None
