"""The arrays that the demo company is made of."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.integer[Any]]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
# Instants in UTC, by the microsecond, as PostgreSQL keeps them.
Instants = NDArray[np.datetime64]
# Texts, which have no width.
Texts = NDArray[np.object_]
# What COPY writes: an array, one number or one text for every row, or NULL in every row.
Column = NDArray[Any] | np.generic | bytes | None

MICROSECOND = np.timedelta64(1, "us")
HOUR = np.timedelta64(3_600_000_000, "us")
DAY = 24 * HOUR
WEEK = 7 * DAY


def pick(rng: np.random.Generator, weights: Floats, count: int) -> Ints:
    """Draw `count` places of a table, each as often as its weight says."""
    return rng.choice(len(weights), size=count, p=weights / weights.sum())


def between(rng: np.random.Generator, least: Instants, most: Instants) -> Instants:
    """Draw an instant in each range, by the second."""
    span = (most - least).astype("timedelta64[us]").astype(np.int64) // 1_000_000
    seconds = (rng.random(len(span)) * span).astype(np.int64)
    drawn: Instants = least + (seconds * 1_000_000).astype("timedelta64[us]")
    return drawn
