"""What callers ask of the wallet room, and what they get back."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(slots=True)
class Granted:
    """A lot that a learner was given."""

    lot_id: int
    learner_id: int
    asset: str
    amount: int
    product_id: int | None
    expires_at: datetime | None
