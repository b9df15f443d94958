"""How the API itself refuses, before any room is asked."""

from dataclasses import dataclass
from typing import ClassVar

import django.db.utils
import psycopg

from yueke.kernel.refusal import Kind, Refusal

# What the two drivers say when the database is gone, or goes while it works.
DATABASE_LOST = (
    psycopg.OperationalError,
    psycopg.InterfaceError,
    django.db.utils.OperationalError,
    django.db.utils.InterfaceError,
)


@dataclass
class BodyNotJson(Refusal):
    """The body is not JSON."""

    code: ClassVar[str] = "body_not_json"
    kind: ClassVar[Kind] = Kind.MALFORMED


@dataclass
class BodyInvalid(Refusal):
    """The body or the query has a field missing, unknown, or of the wrong type."""

    code: ClassVar[str] = "body_invalid"
    kind: ClassVar[Kind] = Kind.INVALID
    where: str


@dataclass
class BodyTooLarge(Refusal):
    """The body is larger than is taken."""

    code: ClassVar[str] = "body_too_large"
    kind: ClassVar[Kind] = Kind.TOO_LARGE
    limit_bytes: int


@dataclass
class TimeUnreadable(Refusal):
    """The time is not ISO 8601 with an offset, such as 2026-03-12T19:00+08:00."""

    code: ClassVar[str] = "time_unreadable"
    kind: ClassVar[Kind] = Kind.INVALID
    time: str


@dataclass
class WindowInvalid(Refusal):
    """The window ends before it begins, or is longer than is searched at once."""

    code: ClassVar[str] = "window_invalid"
    kind: ClassVar[Kind] = Kind.INVALID
    days_max: int


@dataclass
class CursorInvalid(Refusal):
    """The cursor is none that a page of this list has given."""

    code: ClassVar[str] = "cursor_invalid"
    kind: ClassVar[Kind] = Kind.INVALID


@dataclass
class RateExceeded(Refusal):
    """The key has used up its requests for now."""

    code: ClassVar[str] = "rate_exceeded"
    kind: ClassVar[Kind] = Kind.TOO_MANY
    retry_after_seconds: int


@dataclass
class NothingHere(Refusal):
    """No such address."""

    code: ClassVar[str] = "nothing_here"
    kind: ClassVar[Kind] = Kind.MISSING


@dataclass
class MethodNotAllowed(Refusal):
    """The address does not take this method."""

    code: ClassVar[str] = "method_not_allowed"
    kind: ClassVar[Kind] = Kind.NO_METHOD


@dataclass
class ListTooLong(Refusal):
    """The list has more commands than are taken at once, or none."""

    code: ClassVar[str] = "list_too_long"
    kind: ClassVar[Kind] = Kind.INVALID
    limit: int


@dataclass
class Unavailable(Refusal):
    """The database does not answer; ask again with the same key, the outcome is not known."""

    code: ClassVar[str] = "unavailable"
    kind: ClassVar[Kind] = Kind.UNAVAILABLE
    retry_after_seconds: int = 1


@dataclass
class InternalError(Refusal):
    """Something broke here; what was asked may or may not have been done."""

    code: ClassVar[str] = "internal_error"
    kind: ClassVar[Kind] = Kind.BROKEN
