"""What those who decide about payments see."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(slots=True)
class Holding:
    """A lot of a learner, or, with another `role`, an account of the company."""

    id: int
    role: str
    learner_id: int | None
    asset: str
    product_id: int | None
    expires_at: datetime | None
    balance: int
