"""How open classes are refused."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from yueke.kernel.refusal import Kind, Refusal


@dataclass
class ClassNotFound(Refusal):
    """No such open class within the caller's reach."""

    code: ClassVar[str] = "class_not_found"
    kind: ClassVar[Kind] = Kind.MISSING
    class_id: int | str


@dataclass
class ClassesHandedOver(Refusal):
    """Open classes are the business of curriculum since that moment (CL-1, CL-2)."""

    code: ClassVar[str] = "classes_handed_over"
    kind: ClassVar[Kind] = Kind.FORBIDDEN
    since: datetime


@dataclass
class CapacityOutOfRange(Refusal):
    """A class has more seats than one, and not more than a room holds."""

    code: ClassVar[str] = "capacity_out_of_range"
    kind: ClassVar[Kind] = Kind.INVALID
    least: int
    most: int


@dataclass
class CapacityBelowSeats(Refusal):
    """More seats are taken than the class would have."""

    code: ClassVar[str] = "capacity_below_seats"
    kind: ClassVar[Kind] = Kind.CONFLICT
    taken: int


@dataclass
class TextTooLong(Refusal):
    """A title or a description is longer than is kept."""

    code: ClassVar[str] = "text_too_long"
    kind: ClassVar[Kind] = Kind.INVALID
    characters_max: int


@dataclass
class PictureTooLarge(Refusal):
    """The picture has more bytes than are kept."""

    code: ClassVar[str] = "picture_too_large"
    kind: ClassVar[Kind] = Kind.TOO_LARGE
    bytes_max: int


@dataclass
class PictureUnknown(Refusal):
    """The picture is no JPEG, PNG or WebP."""

    code: ClassVar[str] = "picture_unknown"
    kind: ClassVar[Kind] = Kind.INVALID


@dataclass
class ClassNotDescribed(Refusal):
    """The class has no title in one of the languages, so it cannot be published."""

    code: ClassVar[str] = "class_not_described"
    kind: ClassVar[Kind] = Kind.CONFLICT
    class_id: int


@dataclass
class ClassAlreadyPublished(Refusal):
    """The class was published before."""

    code: ClassVar[str] = "class_already_published"
    kind: ClassVar[Kind] = Kind.CONFLICT
    class_id: int


@dataclass
class ClassNotPublished(Refusal):
    """The class is not published, so nobody can book it."""

    code: ClassVar[str] = "class_not_published"
    kind: ClassVar[Kind] = Kind.CONFLICT
    class_id: int


@dataclass
class ClassAlreadyStarted(Refusal):
    """The class has begun."""

    code: ClassVar[str] = "class_already_started"
    kind: ClassVar[Kind] = Kind.CONFLICT
    class_id: int


@dataclass
class ClassNotStarted(Refusal):
    """The class has not begun, so nobody can have come to it."""

    code: ClassVar[str] = "class_not_started"
    kind: ClassVar[Kind] = Kind.CONFLICT
    class_id: int


@dataclass
class ClassFull(Refusal):
    """Every seat is taken (I-3)."""

    code: ClassVar[str] = "class_full"
    kind: ClassVar[Kind] = Kind.CONFLICT
    class_id: int


@dataclass
class ClassHasRoom(Refusal):
    """There are seats, so there is nothing to wait for."""

    code: ClassVar[str] = "class_has_room"
    kind: ClassVar[Kind] = Kind.CONFLICT
    class_id: int


@dataclass
class AlreadyInClass(Refusal):
    """The learner has a seat in it."""

    code: ClassVar[str] = "already_in_class"
    kind: ClassVar[Kind] = Kind.CONFLICT
    class_id: int


@dataclass
class AlreadyWaiting(Refusal):
    """The learner waits for a seat in it already."""

    code: ClassVar[str] = "already_waiting"
    kind: ClassVar[Kind] = Kind.CONFLICT
    class_id: int


@dataclass
class NotWaiting(Refusal):
    """The learner does not wait for a seat in it."""

    code: ClassVar[str] = "not_waiting"
    kind: ClassVar[Kind] = Kind.CONFLICT
    class_id: int


@dataclass
class ClassNotOver(Refusal):
    """The class is not over, so there is no replay of it."""

    code: ClassVar[str] = "class_not_over"
    kind: ClassVar[Kind] = Kind.CONFLICT
    class_id: int


@dataclass
class ReplayNotOnSale(Refusal):
    """The replay of this class is not sold."""

    code: ClassVar[str] = "replay_not_on_sale"
    kind: ClassVar[Kind] = Kind.CONFLICT
    class_id: int


@dataclass
class ReplayAddressInvalid(Refusal):
    """A recording lies at an https address."""

    code: ClassVar[str] = "replay_address_invalid"
    kind: ClassVar[Kind] = Kind.INVALID


@dataclass
class ReplayPriceInvalid(Refusal):
    """A replay has a price of at least one unit, in assets that there are."""

    code: ClassVar[str] = "replay_price_invalid"
    kind: ClassVar[Kind] = Kind.INVALID


@dataclass
class ReplayAlreadyBought(Refusal):
    """The family may watch it already."""

    code: ClassVar[str] = "replay_already_bought"
    kind: ClassVar[Kind] = Kind.CONFLICT
    class_id: int


@dataclass
class ReplayNotBought(Refusal):
    """The family has not bought it, or has been refunded."""

    code: ClassVar[str] = "replay_not_bought"
    kind: ClassVar[Kind] = Kind.CONFLICT
    class_id: int
