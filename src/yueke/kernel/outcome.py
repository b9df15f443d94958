"""Results and refusals as JSON, so that a request asked again is answered as before."""

import dataclasses
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, Generic, TypeVar

from yueke.kernel.refusal import Refusal, all_refusals

Done = TypeVar("Done")


@dataclass(slots=True)
class Answer(Generic[Done]):
    """The outcome of one request, in the order of its commands. `replayed`: it was given before."""

    results: list[Done | Refusal]
    replayed: bool = False


def dump(results: Sequence[Any | Refusal]) -> str:
    """Write results as JSON text: fields of what was done, or code and facts of a refusal."""
    return json.dumps([_plain(result) for result in results], default=show_instant)


def restore(text: str, done: type[Done]) -> list[Done | Refusal]:
    """Read results back as what they were."""
    return [_restored(result, done) for result in json.loads(text)]


def show_instant(value: object) -> str:
    """Write an instant in UTC, as `2026-03-12T11:00:00Z`."""
    if not isinstance(value, datetime):
        raise TypeError(f"{value!r} has no place in an outcome")
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _plain(result: Any) -> dict[str, Any]:
    if isinstance(result, Refusal):
        return {"refused": result.code, "facts": result.facts()}
    return {name: getattr(result, name) for name in _field_names(type(result))}


@cache
def _field_names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))


def _restored(result: dict[str, Any], done: type[Done]) -> Done | Refusal:
    if "refused" in result:
        kinds = {kind.code: kind for kind in all_refusals()}
        return kinds[result["refused"]](**_instants(kinds[result["refused"]], result["facts"]))
    return done(**_instants(done, result))


def _instants(kind: type, values: dict[str, Any]) -> dict[str, Any]:
    types = {field.name: field.type for field in dataclasses.fields(kind)}
    return {
        name: datetime.fromisoformat(value) if types[name] is datetime else value
        for name, value in values.items()
    }
