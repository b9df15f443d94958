"""How overbooking is refused."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from yueke.kernel.refusal import Kind, Refusal


@dataclass
class OverbookFull(Refusal):
    """As many lessons without a teacher as the strategy allows are booked at this time."""

    code: ClassVar[str] = "overbook_full"
    kind: ClassVar[Kind] = Kind.CONFLICT
    starts_at: datetime
    ceiling: int


@dataclass
class StrategyChanged(Refusal):
    """Somebody has changed the strategy since the caller saw it."""

    code: ClassVar[str] = "strategy_changed"
    kind: ClassVar[Kind] = Kind.CONFLICT
    product: str


@dataclass
class StrategyInvalid(Refusal):
    """The strategy cannot be so; `field` names what is wrong with it."""

    code: ClassVar[str] = "strategy_invalid"
    kind: ClassVar[Kind] = Kind.INVALID
    field: str
