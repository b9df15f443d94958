"""The catalogue as rules read it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

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


@dataclass(slots=True)
class Priced:
    """A product at one of its prices, or at none."""

    id: int
    code: str
    cells: int
    capacity: int
    free_cancel_hours: int
    major_level_needed: int | None
    asset: str | None
    amount: int | None


def read_catalogue(rows: Iterable[Priced]) -> dict[str, ProductFacts]:
    """Return products by code."""
    found: dict[str, ProductFacts] = {}
    for row in rows:
        product = found.get(row.code)
        if product is None:
            product = found[row.code] = ProductFacts(
                row.id,
                row.code,
                row.cells,
                row.capacity,
                row.free_cancel_hours,
                major_level_needed=row.major_level_needed,
            )
        if row.asset is not None and row.amount is not None:
            product.prices[row.asset] = row.amount
    return found
