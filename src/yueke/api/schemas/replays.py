"""Replays of open classes: sold, bought, given back, watched."""

from typing import Annotated

from ninja import Schema
from pydantic import Field

from yueke.api.schemas.classes import ClassIn
from yueke.api.schemas.parts import Amount, Asset, Id, In, Text


class PriceIn(In):
    """So many units of an asset."""

    asset: Asset
    amount: Annotated[int, Field(ge=1, le=1_000_000)]


class SaleIn(ClassIn):
    """The replay of a class: where the recording lies, and what it costs in each asset."""

    address: Annotated[Text, Field(examples=["https://video.example/recordings/1.mp4"])]
    prices: Annotated[list[PriceIn], Field(min_length=1, max_length=3)]


class ReplayPurchaseIn(ClassIn):
    """A replay for the family of a learner, who pays; `lot` names the coupon or lot."""

    learner: Id
    pay_with: Asset = "credit"
    lot: Id | None = None


class ReplayRefundIn(ClassIn):
    """A replay that the family of a learner gives back."""

    learner: Id


class ReplayOfferedOut(Schema):
    """Whether a replay is sold, and for what."""

    lesson: str
    on_sale: bool
    prices: list[Amount]


class ReplayBoughtOut(Schema):
    """A replay bought, and what was paid."""

    purchase: str
    lesson: str
    learner: str
    paid: Amount


class ReplayRefundedOut(ReplayBoughtOut):
    """A replay given back, and what came back."""

    refunded: Amount


class SoldReplayOut(Schema):
    """A replay; `bought`: the key's family may watch it."""

    lesson: str
    starts_at: str
    minutes: int
    title_zh: str
    title_en: str
    on_sale: bool
    prices: list[Amount]
    bought: bool


class SoldReplaysOut(Schema):
    """Replays, those of the last classes first."""

    replays: list[SoldReplayOut]


class ReplayAddressOut(Schema):
    """Where a replay lies."""

    address: str
