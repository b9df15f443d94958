"""What bodies and answers are made of: ids, instants, texts, and a problem."""

from typing import Annotated

from ninja import Schema
from pydantic import BaseModel, ConfigDict, Field

Id = Annotated[str, Field(description="An opaque id.", examples=["lrn_9f86d081884c7d65"])]
Instant = Annotated[
    str,
    Field(description="ISO 8601 with an offset.", examples=["2026-03-12T19:00:00+08:00"]),
]
# PostgreSQL holds every text but one with a NUL in it.
TEXT_PATTERN = r"^[^\x00]*$"
TEXT_LENGTH_MAX = 2000
AMOUNT_MAX = 1_000_000_000
Text = Annotated[str, Field(max_length=TEXT_LENGTH_MAX, pattern=TEXT_PATTERN)]
Asset = Annotated[Text, Field(description="credit, coupon or stone", examples=["credit"])]


class In(Schema):
    """A body: types are exact, and a field that is not known is refused."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Problem(BaseModel):
    """A refusal (RFC 9457): a stable code, and facts beside it."""

    # No Schema of ninja's: that asks for the fields it knows, and so loses the facts.

    model_config = ConfigDict(extra="allow")
    type: str
    title: str
    status: int
    code: str


class Amount(Schema):
    """So many units of an asset."""

    asset: str
    amount: int
