"""Results and refusals as JSON, so that a request asked again is answered as before."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Generic, TypeVar

import msgspec

from yueke.kernel.refusal import Refusal, all_refusals

Done = TypeVar("Done")


@dataclass(slots=True)
class Answer(Generic[Done]):
    """The outcome of one request, in the order of its commands. `replayed`: it was given before."""

    results: list[Done | Refusal]
    replayed: bool = False

    def only(self) -> Done:
        """Return what the one command did; raise its refusal."""
        [done] = self.all()
        return done

    def all(self) -> list[Done]:
        """Return what every command did; raise the first refusal."""
        done: list[Done] = []
        for result in self.results:
            if isinstance(result, Refusal):
                raise result
            done.append(result)
        return done


def dump(results: Sequence[Any | Refusal]) -> str:
    """Write results as JSON text: fields of what was done, or code and facts of a refusal."""
    return json_text([_plain(r) if isinstance(r, Refusal) else r for r in results])


def restore(text: str, done: type[Done]) -> list[Done | Refusal]:
    """Read results back as what they were."""
    return [_restored(result, done) for result in msgspec.json.decode(text)]


def json_text(value: object) -> str:
    """Write dataclasses, lists and plain values as JSON; instants as `2026-03-12T11:00:00Z`."""
    return msgspec.json.encode(value).decode()


def _plain(refusal: Refusal) -> dict[str, Any]:
    return {"refused": refusal.code, "facts": refusal.facts()}


def _restored(result: dict[str, Any], done: type[Done]) -> Done | Refusal:
    if "refused" not in result:
        return msgspec.convert(result, done)
    refusal = next(kind for kind in all_refusals() if kind.code == result["refused"])
    return refusal(**_facts(refusal, result["facts"]))


def _facts(refusal: type[Refusal], facts: dict[str, Any]) -> dict[str, Any]:
    types = {field.name: field.type for field in fields(refusal)}
    return {
        name: datetime.fromisoformat(value) if types[name] is datetime else value
        for name, value in facts.items()
    }
