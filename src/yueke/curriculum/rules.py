"""The catalogue as rules read it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

# The products that rules know by name: the one that levels are of, and the one tried before.
MAJOR, TRIAL = "major", "trial"


@dataclass(slots=True)
class ProductFacts:
    """A product, and what one lesson of it costs in each asset that is taken for it."""

    id: int
    code: str
    cells: int
    capacity: int
    free_cancel_hours: int
    prices: dict[str, int] = field(default_factory=dict)
    major_level_needed: int | None = None


def read_catalogue(rows: Iterable[tuple[Any, ...]]) -> dict[str, ProductFacts]:
    """Return products by code from rows of `catalogue.sql`."""
    found: dict[str, ProductFacts] = {}
    for id_, code, cells, capacity, hours, level, asset, amount in rows:
        product = found.get(code)
        if product is None:
            product = found[code] = ProductFacts(
                id_, code, cells, capacity, hours, major_level_needed=level
            )
        if asset is not None:
            product.prices[asset] = amount
    return found
