"""What goes in and out of the API, for its OpenAPI page."""

from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

Id = Annotated[str, Field(description="An opaque id.", examples=["lrn_9f86d081884c7d65"])]
Instant = Annotated[
    str,
    Field(description="ISO 8601 with an offset.", examples=["2026-03-12T19:00:00+08:00"]),
]
# PostgreSQL holds every text but one with a NUL in it.
TEXT_PATTERN = r"^[^\x00]*$"
TEXT_LENGTH_MAX = 2000
AMOUNT_MAX = 1_000_000_000
Text = Annotated[str, Field(max_length=TEXT_LENGTH_MAX, pattern=TEXT_PATTERN)]
Asset = Annotated[Text, Field(description="credit, coupon or stone", examples=["credit"])]


class In(Schema):
    """A body: types are exact, and a field that is not known is refused."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Problem(Schema):
    """A refusal (RFC 9457): a stable code, and facts beside it."""

    model_config = ConfigDict(extra="allow")
    type: str
    title: str
    status: int
    code: str


class BookingIn(In):
    """Book one lesson; `lot` names the coupon or lot to pay from."""

    learner: Id
    teacher: Id
    starts_at: Instant
    product: Text
    pay_with: Asset = "credit"
    lot: Id | None = None
    reason: Text = ""


class BookingListIn(In):
    """Book several lessons in order: all or none, or each that can be."""

    lessons: list[BookingIn]
    all_or_none: bool = False


class CancellationIn(In):
    """Cancel one learner's seat."""

    seat: Id
    reason: Text = ""


class Amount(Schema):
    """So many units of an asset."""

    asset: str
    amount: int


class BookedOut(Schema):
    """A lesson just booked."""

    seat: str
    lesson: str
    state: Literal["booked"]
    learner: str
    teacher: str
    starts_at: str
    product: str
    paid: Amount
    free_cancel_until: str


class CancelledOut(Schema):
    """A seat just cancelled, and what came back."""

    seat: str
    lesson: str
    state: Literal["cancelled"]
    learner: str
    paid: Amount
    refunded: Amount


class BookingListOut(Schema):
    """The outcome of a list in its order: lessons and problems."""

    booked: int
    results: list[BookedOut | Problem]


class TeacherOut(Schema):
    """A teacher with the half-hours that are free."""

    id: str
    name: str
    rating: float
    zone: str
    tags: list[str]
    free_at: list[str]


class TeachersOut(Schema):
    """A page of teachers, best rating first."""

    teachers: list[TeacherOut]
    next: str | None


class TimeOut(Schema):
    """A half-hour, and how many teachers are free, counted up to a limit."""

    starts_at: str
    teachers: int


class TimesOut(Schema):
    """The half-hours with any teacher."""

    times: list[TimeOut]


class LessonOut(Schema):
    """A lesson as one learner has it."""

    seat: str
    lesson: str
    state: str
    starts_at: str
    minutes: int
    learner: str
    learner_name: str
    teacher: str | None
    teacher_name: str | None
    product: str
    level: int | None
    course: str | None
    paid: Amount
    refunded: Amount


class LessonsOut(Schema):
    """A page of lessons in order of time."""

    lessons: list[LessonOut]
    next: str | None


class SlotOut(Schema):
    """A teacher's half-hour."""

    starts_at: str
    state: str
    target_kind: str | None
    reserved_until: str | None


class SlotsOut(Schema):
    """A teacher's slots in order of time."""

    slots: list[SlotOut]


class TargetIn(In):
    """For whom slots are kept: a learner's id, or a product's code."""

    kind: Literal["student", "product"]
    id: Text


class ReleaseIn(In):
    """Release half-hours of one teacher, for one target when given."""

    teacher: Id
    starts: list[Instant]
    target: TargetIn | None = None


class StretchIn(In):
    """A stretch of a weekday on the teacher's own clock; Monday is 0."""

    weekday: Annotated[int, Field(ge=0, le=6)]
    begins: Annotated[str, Field(examples=["18:00"])]
    ends: Annotated[str, Field(examples=["21:30"])]


class PatternIn(In):
    """Release a weekly pattern in the teacher's own time zone, days inclusive."""

    teacher: Id
    stretches: list[StretchIn]
    first: Annotated[str, Field(examples=["2026-03-02"])]
    last: Annotated[str, Field(examples=["2026-03-29"])]


class WithdrawIn(In):
    """Take half-hours back."""

    teacher: Id
    starts: list[Instant]


class TargetingIn(In):
    """Keep open slots for a target, or with none for anyone."""

    teacher: Id
    starts: list[Instant]
    target: TargetIn | None = None
    reserved_until: Instant | None = None


class SlotResult(Schema):
    """What became of one half-hour: released, there_already, withdrawn or targeted."""

    starts_at: str
    outcome: str


class SlotResultsOut(Schema):
    """The outcome of each half-hour in the order asked: results and problems."""

    results: list[SlotResult | Problem]


class ProductOut(Schema):
    """A product, and what one lesson costs in each asset it can be paid with."""

    code: str
    name_zh: str
    name_en: str
    minutes: int
    free_cancel_hours: int
    prices: dict[str, int]


class ProductsOut(Schema):
    """The products of the market."""

    products: list[ProductOut]


class LearnerOut(Schema):
    """A learner."""

    id: str
    name: str
    english_name: str
    family: str
    family_name: str


class LearnersOut(Schema):
    """A page of learners by name."""

    learners: list[LearnerOut]
    next: str | None


class LotOut(Schema):
    """Something a learner owns: with one scope and one expiry."""

    id: str
    asset: str
    balance: int
    product: str | None
    expires_at: str | None


class WalletOut(Schema):
    """What a learner owns."""

    lots: list[LotOut]


class EntryOut(Schema):
    """One movement in a learner's wallet; `change` is negative for what went out."""

    at: str
    kind: str
    asset: str
    change: int
    seat: str | None


class EntriesOut(Schema):
    """A page of entries, last to first."""

    entries: list[EntryOut]
    next: str | None


class GrantIn(In):
    """Give a learner a new lot."""

    learner: Id
    asset: Asset
    amount: Annotated[int, Field(le=AMOUNT_MAX)]
    product: Text | None = None
    expires_at: Instant | None = None
    reason: Text = ""


class EventOut(Schema):
    """What happened: who, through which channel, when, why, to whose lesson or slot.

    `actor` is the id of a key or a login; jobs have none.
    """

    id: str
    at: str
    kind: str
    channel: str
    actor_kind: str
    actor: str | None
    reason: str
    lesson: str | None
    learner: str | None
    teacher: str | None
    starts_at: str | None
    data: dict[str, Any]


class EventsOut(Schema):
    """A page of events: of a lesson or slot first to last, of a learner last to first."""

    events: list[EventOut]
    next: str | None
