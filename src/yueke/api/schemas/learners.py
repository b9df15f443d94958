"""Products, learners and their wallets."""

from typing import Annotated

from ninja import Schema
from pydantic import Field

from yueke.api.schemas.parts import AMOUNT_MAX, Asset, Id, In, Instant, Text


class ProductOut(Schema):
    """A product, and what one lesson costs in each asset it can be paid with."""

    code: str
    name_zh: str
    name_en: str
    minutes: int
    free_cancel_hours: int
    prices: dict[str, int]


class ProductsOut(Schema):
    """The products of the market."""

    products: list[ProductOut]


class LearnerOut(Schema):
    """A learner."""

    id: str
    name: str
    english_name: str
    family: str
    family_name: str


class LearnersOut(Schema):
    """A page of learners by name."""

    learners: list[LearnerOut]
    next: str | None


class LotOut(Schema):
    """Something a learner owns: with one scope and one expiry."""

    id: str
    asset: str
    balance: int
    product: str | None
    expires_at: str | None


class WalletOut(Schema):
    """What a learner owns."""

    lots: list[LotOut]


class EntryOut(Schema):
    """One movement in a learner's wallet; `change` is negative for what went out."""

    at: str
    kind: str
    asset: str
    change: int
    seat: str | None


class EntriesOut(Schema):
    """A page of entries, last to first."""

    entries: list[EntryOut]
    next: str | None


class GrantIn(In):
    """Give a learner a new lot."""

    learner: Id
    asset: Asset
    amount: Annotated[int, Field(le=AMOUNT_MAX)]
    product: Text | None = None
    expires_at: Instant | None = None
    reason: Text = ""
