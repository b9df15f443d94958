"""Open classes: made, described, published, booked, waited for, attended."""

from typing import Annotated

from ninja import Schema
from pydantic import Field

from yueke.api.schemas.parts import TEXT_PATTERN, Amount, Asset, Id, In, Instant, Text

Html = Annotated[
    str,
    Field(
        max_length=20_000,
        pattern=TEXT_PATTERN,
        description="HTML, of which paragraphs, lists, emphasis and links are kept.",
    ),
]
Seats = Annotated[int, Field(ge=0, le=30_000)]


class ClassIn(In):
    """An open class, by the id of its lesson."""

    lesson: Id
    reason: Text = ""


class NewClassIn(In):
    """A class: who teaches it when, how many seats it has, what it is about."""

    teacher: Id
    starts_at: Instant
    capacity: Seats
    title_zh: Text = ""
    title_en: Text = ""
    about_zh: Html = ""
    about_en: Html = ""
    reason: Text = ""


class DescriptionIn(ClassIn):
    """What a class is about; `capacity` stays as it is unless it is given."""

    title_zh: Text
    title_en: Text
    about_zh: Html = ""
    about_en: Html = ""
    capacity: Seats | None = None


class CoverIn(ClassIn):
    """A cover: a JPEG, PNG or WebP in Base64, half a megabyte at most."""

    picture: Annotated[str, Field(description="Base64 of the picture's bytes.")]


class AttendanceIn(ClassIn):
    """Who came: their seats. All others who have seats did not."""

    seats: Annotated[list[Id], Field(max_length=1000)]


class PlaceIn(ClassIn):
    """A seat in a class for a learner; `lot` names the coupon or lot to pay from."""

    learner: Id
    pay_with: Asset = "credit"
    lot: Id | None = None


class WaitIn(ClassIn):
    """A learner who waits for a seat in a full class, and what will pay for it."""

    learner: Id
    pay_with: Asset = "credit"


class WaitEndIn(ClassIn):
    """A learner who waits no longer."""

    learner: Id


class ClassChangedOut(Schema):
    """What a class is now."""

    lesson: str
    teacher: str | None
    starts_at: str
    capacity: int
    published: bool


class PlaceOut(Schema):
    """A seat in a class, and what was paid for it."""

    seat: str
    lesson: str
    learner: str
    starts_at: str
    paid: Amount
    free_cancel_until: str


class WaitOut(Schema):
    """Whether the learner waits, and behind how many others."""

    lesson: str
    learner: str
    waiting: bool
    ahead: int


class AttendanceOut(Schema):
    """How many came, and how many did not."""

    lesson: str
    came: int
    absent: int


class ClassCancelledOut(Schema):
    """A class that won't take place: how many were refunded, and how many wait no longer."""

    lesson: str
    starts_at: str
    seats: int
    waits: int


class ClassOut(Schema):
    """An open class."""

    lesson: str
    starts_at: str
    minutes: int
    teacher: str | None
    teacher_name: str | None
    title_zh: str
    title_en: str
    about_zh: str
    about_en: str
    capacity: int
    seats_left: int
    waiting: int
    published: bool


class ClassesOut(Schema):
    """A page of classes in order of time."""

    classes: list[ClassOut]
    next: str | None


class ClassSeatOut(Schema):
    """A learner in a class; without a seat, one who waits. `came` is null until it is known."""

    seat: str | None
    learner: str
    learner_name: str
    came: bool | None


class ClassSeatsOut(Schema):
    """Who is in a class, then who waits."""

    seats: list[ClassSeatOut]
