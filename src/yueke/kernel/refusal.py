"""A refusal is the rules saying no: a stable code, a kind and the facts, never prose or HTTP."""

import enum
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Self


class Kind(enum.Enum):
    """What sort of no it is; the doors turn it into a status."""

    MALFORMED = "malformed"
    UNAUTHENTICATED = "unauthenticated"
    FORBIDDEN = "forbidden"
    MISSING = "missing"
    CONFLICT = "conflict"
    TOO_LARGE = "too_large"
    INVALID = "invalid"
    TOO_MANY = "too_many"
    NO_METHOD = "no_method"
    UNAVAILABLE = "unavailable"
    BROKEN = "broken"


@dataclass
class Refusal(Exception):
    """The base of every refusal; the fields of a subclass are its facts."""

    code: ClassVar[str] = "refused"
    kind: ClassVar[Kind] = Kind.INVALID

    def facts(self) -> dict[str, Any]:
        """Return the facts by name, ready for JSON once instants are rendered."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def as_answer(self) -> Self:
        """Return it without the frames it was raised in: with them it keeps a whole call alive."""
        return self.with_traceback(None)

    def __str__(self) -> str:
        return f"{self.code} {self.facts()}"

    def __hash__(self) -> int:
        return id(self)


def all_refusals(base: type[Refusal] = Refusal) -> list[type[Refusal]]:
    """Return every refusal of the product, by code."""
    found = [kind for direct in base.__subclasses__() for kind in (direct, *all_refusals(direct))]
    return sorted(found, key=lambda refusal: refusal.code)
