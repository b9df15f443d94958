"""How a choice of ways is refused."""

from dataclasses import dataclass
from typing import ClassVar

from yueke.kernel.refusal import Kind, Refusal


@dataclass
class AddressMissing(Refusal):
    """A way was chosen that has no address."""

    code: ClassVar[str] = "address_missing"
    kind: ClassVar[Kind] = Kind.INVALID
    way: str
