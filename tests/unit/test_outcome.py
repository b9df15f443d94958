"""Answers as they are kept, and read back as what they were."""

import importlib
import pkgutil
from collections import Counter
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import yueke
from yueke.booking.orders import Booked, Cancelled
from yueke.inventory.orders import Released, Targeted, Withdrawn
from yueke.kernel import outcome
from yueke.kernel.refusal import Refusal, all_refusals
from yueke.people.calendar import NewAddress
from yueke.wallet.orders import Granted

for module in pkgutil.walk_packages(yueke.__path__, "yueke."):
    if module.name.rpartition(".")[2] == "refusals":
        importlib.import_module(module.name)

REFUSALS = [refusal for refusal in all_refusals() if refusal.__module__.startswith("yueke.")]
DONE = [Booked, Cancelled, Released, Withdrawn, Targeted, Granted, NewAddress]
INSTANTS = st.integers(0, 4_000_000_000_000_000).map(
    lambda microseconds: datetime(1990, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
)
VALUES: dict[Any, st.SearchStrategy[Any]] = {
    datetime: INSTANTS,
    datetime | None: INSTANTS | st.none(),
    int: st.integers(-(1 << 63), (1 << 63) - 1),
    int | None: st.integers(0, 1 << 62) | st.none(),
    int | str: st.integers(0, 1 << 62) | st.text(),
    str: st.text(),
    str | None: st.text() | st.none(),
    bool: st.booleans(),
}


def any_of(kind: type[Any]) -> st.SearchStrategy[Any]:
    """Return a strategy of whole dataclasses of a kind."""
    return st.builds(kind, **{field.name: VALUES[field.type] for field in fields(kind)})


def test_refusals_are_found_in_every_room() -> None:
    rooms = {refusal.__module__.split(".")[1] for refusal in REFUSALS}
    assert {"notices", "people", "curriculum", "inventory", "wallet", "booking"} <= rooms


def test_a_code_belongs_to_one_refusal_so_that_it_is_restored_as_itself() -> None:
    twice = [code for code, n in Counter(kind.code for kind in REFUSALS).items() if n > 1]
    assert twice == []
    assert Refusal.code not in {kind.code for kind in REFUSALS}


@pytest.mark.parametrize("kind", REFUSALS, ids=lambda kind: kind.code)
@given(data=st.data())
def test_every_refusal_is_restored_as_it_was(kind: type[Refusal], data: st.DataObject) -> None:
    refusal = data.draw(any_of(kind))
    [restored] = outcome.restore(outcome.dump([refusal]), Booked)
    assert type(restored) is kind
    assert restored == refusal


@pytest.mark.parametrize("kind", DONE, ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_every_result_is_restored_as_it_was(kind: type[Any], data: st.DataObject) -> None:
    results = data.draw(st.lists(any_of(kind), max_size=3))
    assert outcome.restore(outcome.dump(results), kind) == results


def test_an_instant_of_another_zone_is_restored_as_the_same_instant() -> None:
    shanghai = datetime.fromisoformat("2026-03-02T20:00:00+08:00")
    [restored] = outcome.restore(outcome.dump([Withdrawn(shanghai)]), Withdrawn)
    assert restored == Withdrawn(shanghai)
