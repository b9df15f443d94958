"""How people, keys and channels are refused."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from yueke.kernel.refusal import Kind, Refusal


@dataclass
class ChannelMayNot(Refusal):
    """The channel's row in the table of permissions does not have this command."""

    code: ClassVar[str] = "channel_may_not"
    kind: ClassVar[Kind] = Kind.FORBIDDEN
    channel: str
    command: str
    of: str


@dataclass
class KeyMissing(Refusal):
    """The request carries no API key."""

    code: ClassVar[str] = "key_missing"
    kind: ClassVar[Kind] = Kind.UNAUTHENTICATED


@dataclass
class KeyUnknown(Refusal):
    """The API key is unknown or revoked."""

    code: ClassVar[str] = "key_unknown"
    kind: ClassVar[Kind] = Kind.UNAUTHENTICATED


@dataclass
class LearnerNotFound(Refusal):
    """No such learner within the caller's reach."""

    code: ClassVar[str] = "learner_not_found"
    kind: ClassVar[Kind] = Kind.MISSING
    learner_id: int | str


@dataclass
class TeacherNotFound(Refusal):
    """No such teacher within the caller's reach."""

    code: ClassVar[str] = "teacher_not_found"
    kind: ClassVar[Kind] = Kind.MISSING
    teacher_id: int | str


@dataclass
class FamilyNotFound(Refusal):
    """No such family within the caller's reach."""

    code: ClassVar[str] = "family_not_found"
    kind: ClassVar[Kind] = Kind.MISSING
    family_id: int | str


@dataclass
class MarketNotFound(Refusal):
    """No market has this code, or none was named where there are several."""

    code: ClassVar[str] = "market_not_found"
    kind: ClassVar[Kind] = Kind.MISSING
    market: str


@dataclass
class ChannelUnknown(Refusal):
    """No channel has this code."""

    code: ClassVar[str] = "channel_unknown"
    kind: ClassVar[Kind] = Kind.INVALID
    channel: str


@dataclass
class PolicyUnknown(Refusal):
    """No policy has this name."""

    code: ClassVar[str] = "policy_unknown"
    kind: ClassVar[Kind] = Kind.MISSING
    policy: str


@dataclass
class PolicyValueInvalid(Refusal):
    """The policy cannot have this value; `allowed` says which."""

    code: ClassVar[str] = "policy_value_invalid"
    kind: ClassVar[Kind] = Kind.INVALID
    policy: str
    value: str
    allowed: str


@dataclass
class PolicyNotByProduct(Refusal):
    """The policy is one for the whole market."""

    code: ClassVar[str] = "policy_not_by_product"
    kind: ClassVar[Kind] = Kind.INVALID
    policy: str


@dataclass
class PolicyUnchanged(Refusal):
    """The policy has this value from that moment on already."""

    code: ClassVar[str] = "policy_unchanged"
    kind: ClassVar[Kind] = Kind.CONFLICT
    policy: str
    value: str


@dataclass
class PolicyInPast(Refusal):
    """What has been judged already would be judged anew."""

    code: ClassVar[str] = "policy_in_past"
    kind: ClassVar[Kind] = Kind.INVALID
    from_at: datetime
