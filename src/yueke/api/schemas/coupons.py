"""Coupons by code."""

from typing import Annotated

from ninja import Schema
from pydantic import Field

from yueke.api.schemas.parts import Id, In, Instant, Text

Count = Annotated[int, Field(ge=1, le=10_000)]


class BatchOut(Schema):
    """A batch of codes, and how many were redeemed."""

    id: str
    name_zh: str
    name_en: str
    product: str | None
    codes: int
    redeemed: int
    valid_days: int
    redeem_until: str
    limit_per_family: int


class BatchesOut(Schema):
    """The batches of the market, the last made first."""

    batches: list[BatchOut]


class CodeOut(Schema):
    """A code, and when and by whom it was redeemed."""

    code: str
    redeemed_at: str | None
    learner: str | None


class CodesOut(Schema):
    """The codes of a batch."""

    codes: list[CodeOut]


class BatchIn(In):
    """So many codes of one kind; each is one coupon, good for so many days once redeemed."""

    name_zh: Text
    name_en: Text
    codes: Count
    valid_days: Count
    redeem_until: Instant
    limit_per_family: Count = 1
    product: Text | None = None
    reason: Text = ""


class BatchMadeOut(Schema):
    """A batch just made."""

    batch: str
    codes: int


class RedemptionIn(In):
    """A code, and the child who gets the coupon."""

    learner: Id
    code: Annotated[Text, Field(examples=["ABCD-EFGH-2345"])]
