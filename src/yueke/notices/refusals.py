"""How request keys are refused."""

from dataclasses import dataclass
from typing import ClassVar

from yueke.kernel.refusal import Kind, Refusal


@dataclass
class RequestKeyReused(Refusal):
    """The key came before with another body."""

    code: ClassVar[str] = "request_key_reused"
    kind: ClassVar[Kind] = Kind.INVALID
    key: str


@dataclass
class RequestKeyMissing(Refusal):
    """A write came without a key, or with one longer than 200 characters."""

    code: ClassVar[str] = "request_key_missing"
    kind: ClassVar[Kind] = Kind.MALFORMED
