"""What callers ask about open classes, and what they get back. A class goes by its lesson's row."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Texts:
    """What a class is about, in two languages: titles are plain, descriptions are HTML."""

    title_zh: str = ""
    title_en: str = ""
    about_zh: str = ""
    about_en: str = ""


@dataclass(slots=True)
class ClassChanged:
    """What a class is after it was created or changed."""

    class_id: int
    teacher_id: int | None
    starts_at: datetime
    capacity: int
    is_published: bool


@dataclass(slots=True)
class ClassCancelled:
    """A class that won't take place: how many were refunded, and how many wait no longer."""

    class_id: int
    teacher_id: int | None
    starts_at: datetime
    seats: int
    waits: int


@dataclass(slots=True)
class BookPlace:
    """Book a seat in a class. `lot_id` names the coupon or lot; None: the first to expire."""

    learner_id: int
    class_id: int
    asset: str = "credit"
    lot_id: int | None = None
    reason: str = ""


@dataclass(slots=True)
class PlaceBooked:
    """A seat in a class, and what was paid for it."""

    seat_id: int
    class_id: int
    learner_id: int
    starts_at: datetime
    asset: str
    paid: int
    free_cancel_until: datetime


@dataclass(slots=True)
class Waiting:
    """Whether a learner waits for a seat, and behind how many others."""

    class_id: int
    learner_id: int
    is_waiting: bool
    ahead: int


@dataclass(slots=True)
class Attended:
    """How many came to a class, and how many who had a seat did not."""

    class_id: int
    came: int
    absent: int


@dataclass(slots=True)
class ReplayOffered:
    """Whether the replay of a class is sold, and for what."""

    class_id: int
    on_sale: bool
    prices: dict[str, int]


@dataclass(slots=True)
class ReplayBought:
    """A replay that a family may watch from now on, and what was paid for it."""

    purchase_id: int
    class_id: int
    learner_id: int
    asset: str
    paid: int


@dataclass(slots=True)
class ReplayRefunded:
    """A replay that a family may watch no longer, and what came back."""

    purchase_id: int
    class_id: int
    learner_id: int
    asset: str
    paid: int
    back: int
