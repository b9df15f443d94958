"""How coupons are refused."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from yueke.kernel.refusal import Kind, Refusal


@dataclass
class CouponBatchNotFound(Refusal):
    """The market has no such batch of codes."""

    code: ClassVar[str] = "coupon_batch_not_found"
    kind: ClassVar[Kind] = Kind.MISSING
    batch_id: int | str


@dataclass
class CouponBatchInvalid(Refusal):
    """The batch cannot be so; `field` names what is wrong with it."""

    code: ClassVar[str] = "coupon_batch_invalid"
    kind: ClassVar[Kind] = Kind.INVALID
    field: str


@dataclass
class CouponUnknown(Refusal):
    """No coupon has this code."""

    code: ClassVar[str] = "coupon_unknown"
    kind: ClassVar[Kind] = Kind.MISSING


@dataclass
class CouponRedeemed(Refusal):
    """The code was redeemed before."""

    code: ClassVar[str] = "coupon_redeemed"
    kind: ClassVar[Kind] = Kind.CONFLICT


@dataclass
class CouponOver(Refusal):
    """The code could be redeemed until a moment that is past."""

    code: ClassVar[str] = "coupon_over"
    kind: ClassVar[Kind] = Kind.CONFLICT
    until: datetime


@dataclass
class CouponLimitReached(Refusal):
    """The family has redeemed as many codes of the batch as it may."""

    code: ClassVar[str] = "coupon_limit_reached"
    kind: ClassVar[Kind] = Kind.CONFLICT
    limit: int
