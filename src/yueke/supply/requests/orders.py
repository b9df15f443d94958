"""What callers get back from the commands of lesson requests."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(slots=True)
class RequestNow:
    """A lesson request as it is now; `seat_id` once it is accepted."""

    request_id: int
    learner_id: int
    teacher_id: int
    product: str
    starts_at: datetime
    state: str
    expires_at: datetime
    keep: bool
    seat_id: int | None
    asset: str
    paid: int | None = None
