"""Which refusals a route may answer with, for its OpenAPI entry."""

from typing import Any

from yueke.api.schemas.parts import Problem

READS = (400, 401, 403, 404, 422, 429, 503)
WRITES = (400, 401, 403, 404, 409, 413, 422, 429, 503)


def read(schema: Any) -> dict[Any, Any]:
    """Return the answers of a read."""
    return {200: schema, frozenset(READS): Problem}


def rehearsable(schema: Any) -> dict[Any, Any]:
    """Return the answers of a write that can be asked what it would do: then it answers 200."""
    return {200: schema, **write(schema)}


def write(schema: Any) -> dict[Any, Any]:
    """Return the answers of a write."""
    return {201: schema, frozenset(WRITES): Problem}
