"""The policies: what each is, in one table (`policies.csv`), and what is in force at a moment.

A policy has a value from a moment on, for the whole market or for one product of it; a product's
own value goes before the market's. `counts` says by which moment a lesson is judged: that of its
booking, its start, or now.
"""

import csv
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib import resources

from yueke.kernel.grid import show_instant
from yueke.people.models import PolicyValue
from yueke.people.refusals import PolicyUnknown, PolicyValueInvalid

# A value that a person can have meant is no longer.
_DIGITS_MAX = 9


@dataclass(frozen=True)
class Policy:
    """One row of the table. Values are text: a number, one of the choices, or a moment or ''.

    `changed_as` is the permission that changes it.
    """

    name: str
    kind: str
    unit: str
    by_product: str
    default: str
    least: str
    most: str
    choices: str
    changed_as: str
    counts: str
    name_zh: str
    name_en: str
    says_zh: str
    says_en: str

    def checked(self, text: str) -> str:
        """Return a value as it is kept, or refuse (policy_value_invalid)."""
        try:
            return _READERS[self.kind](self, text.strip())
        except (ValueError, OverflowError):
            raise PolicyValueInvalid(self.name, text[:64], self.allowed) from None

    @property
    def allowed(self) -> str:
        """What its values may be: `0–336`, `spent|refunded`, or an instant."""
        return {"number": f"{self.least}–{self.most}", "choice": self.choices}.get(
            self.kind, "2026-03-12T19:00+08:00"
        )


@cache
def policies() -> dict[str, Policy]:
    """Return every policy by name, in the order of the table."""
    text = resources.files(__package__).joinpath("policies.csv").read_text("utf-8")
    return {row["name"]: Policy(**row) for row in csv.DictReader(text.splitlines())}


def get(name: str) -> Policy:
    """Return a policy by name, or refuse (policy_unknown)."""
    found = policies().get(name)
    if found is None:
        raise PolicyUnknown(name[:64])
    return found


class InForce:
    """What is in force in a market at one moment."""

    def __init__(self, rows: Iterable[PolicyValue]) -> None:
        self._rows = {(row.name, row.product_id): row for row in rows}

    def row(self, name: str, product_id: int | None = None) -> PolicyValue | None:
        """Return the change that made it so, or None where nobody has changed it."""
        return self._rows.get((name, product_id)) or self._rows.get((name, None))

    def text(self, name: str, product_id: int | None = None) -> str:
        """Return a policy's value."""
        row = self.row(name, product_id)
        return policies()[name].default if row is None else row.value

    def number(self, name: str, product_id: int | None = None) -> int:
        """Return the value of a policy that is a number."""
        return int(self.text(name, product_id))

    def moment(self, name: str) -> datetime | None:
        """Return the value of a policy that is a moment; None: it is not set."""
        text = self.text(name)
        return datetime.fromisoformat(text) if text else None


def in_force(*, market_id: int, at: datetime) -> InForce:
    """Return what is in force in a market at a moment, past or to come."""
    rows = PolicyValue.objects.filter(market_id=market_id, from_at__lte=at)
    # Of two for one moment, the one said later.
    return InForce(rows.order_by("from_at", "id"))


def in_force_at(*, market_id: int, moments: Collection[datetime]) -> dict[datetime, InForce]:
    """Return what is in force in a market at each of some moments; one query for all."""
    if not moments:
        return {}
    rows = PolicyValue.objects.filter(market_id=market_id, from_at__lte=max(moments))
    known = list(rows.order_by("from_at", "id"))
    return {at: InForce(row for row in known if row.from_at <= at) for at in moments}


def _number(policy: Policy, text: str) -> str:
    if len(text) > _DIGITS_MAX or not int(policy.least) <= int(text) <= int(policy.most):
        raise ValueError
    return str(int(text))


def _choice(policy: Policy, text: str) -> str:
    if text not in policy.choices.split("|"):
        raise ValueError
    return text


def _moment(policy: Policy, text: str) -> str:
    if not text:
        return ""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError
    return show_instant(moment.astimezone(UTC))


_READERS = {"number": _number, "choice": _choice, "moment": _moment}
