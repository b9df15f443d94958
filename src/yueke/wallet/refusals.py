"""How payments are refused."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from yueke.kernel.refusal import Kind, Refusal


@dataclass
class AssetNotAccepted(Refusal):
    """The product cannot be paid with this asset."""

    code: ClassVar[str] = "asset_not_accepted"
    kind: ClassVar[Kind] = Kind.INVALID
    product: str
    asset: str


@dataclass
class BalanceTooLow(Refusal):
    """The learner has fewer units than the lesson costs."""

    code: ClassVar[str] = "balance_too_low"
    kind: ClassVar[Kind] = Kind.CONFLICT
    asset: str
    needed: int
    available: int


@dataclass
class LotNotFound(Refusal):
    """The learner owns no such coupon or lot."""

    code: ClassVar[str] = "lot_not_found"
    kind: ClassVar[Kind] = Kind.MISSING
    lot_id: int | str


@dataclass
class LotExpired(Refusal):
    """The coupon or lot is past its time."""

    code: ClassVar[str] = "lot_expired"
    kind: ClassVar[Kind] = Kind.CONFLICT
    lot_id: int


@dataclass
class LotForAnotherProduct(Refusal):
    """The coupon or lot is for another product."""

    code: ClassVar[str] = "lot_for_another_product"
    kind: ClassVar[Kind] = Kind.CONFLICT
    lot_id: int


@dataclass
class AmountNotPositive(Refusal):
    """A grant must be of at least one unit."""

    code: ClassVar[str] = "amount_not_positive"
    kind: ClassVar[Kind] = Kind.INVALID
    amount: int


@dataclass
class ExpiryInPast(Refusal):
    """What is granted would be past its time at once."""

    code: ClassVar[str] = "expiry_in_past"
    kind: ClassVar[Kind] = Kind.INVALID
    expires_at: datetime


@dataclass
class AssetUnknown(Refusal):
    """There is no such kind of asset."""

    code: ClassVar[str] = "asset_unknown"
    kind: ClassVar[Kind] = Kind.INVALID
    asset: str
