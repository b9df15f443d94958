"""Policies: what is in force, and what is changed from when on."""

from typing import Annotated

from ninja import Schema
from pydantic import Field

from yueke.api.schemas.parts import In, Instant, Text

Value = Annotated[
    Text, Field(description="A number, one of the choices, or an instant.", examples=["24"])
]


class ChangeOut(Schema):
    """A value that is decided, and the moment from which it holds."""

    value: str
    from_at: str


class PolicyOut(Schema):
    """A policy of the market, or of one product; `counts`: the moment that judges a lesson."""

    policy: str
    product: str | None
    value: str
    unit: str
    allowed: str
    counts: str
    since: str | None
    next: ChangeOut | None
    name_zh: str
    name_en: str


class PoliciesOut(Schema):
    """Every policy as it is in force at one moment."""

    policies: list[PolicyOut]


class PolicyIn(In):
    """A policy's value from a moment on; without one, from now."""

    policy: Text
    value: Value
    product: Text | None = None
    from_at: Instant | None = None
    reason: Text = ""


class PolicyChangedOut(Schema):
    """What the policy says from then on, and what it would have said."""

    policy: str
    product: str | None
    was: str
    value: str
    from_at: str
