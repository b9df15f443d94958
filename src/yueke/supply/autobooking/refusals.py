"""How rules of auto-booking are refused."""

from dataclasses import dataclass
from typing import ClassVar

from yueke.kernel.refusal import Kind, Refusal


@dataclass
class AutoRuleNotFound(Refusal):
    """The market has no such rule."""

    code: ClassVar[str] = "auto_rule_not_found"
    kind: ClassVar[Kind] = Kind.MISSING
    rule_id: int | str


@dataclass
class AutoRuleInvalid(Refusal):
    """The rule cannot be so; `field` names what is wrong with it."""

    code: ClassVar[str] = "auto_rule_invalid"
    kind: ClassVar[Kind] = Kind.INVALID
    field: str


@dataclass
class AutoRuleUnchanged(Refusal):
    """The rule is paused already, or active already."""

    code: ClassVar[str] = "auto_rule_unchanged"
    kind: ClassVar[Kind] = Kind.CONFLICT
    rule_id: int
