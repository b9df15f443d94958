"""Read what a request carries: key, body, ids, times. Shared by the hot routes and their twins."""

import hashlib
import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

import msgspec

from yueke.api.refusals import BodyNotJson, CursorInvalid, TimeUnreadable, WindowInvalid
from yueke.booking.classes.refusals import ClassNotFound
from yueke.booking.refusals import LessonNotFound
from yueke.notices.refusals import RequestKeyMissing
from yueke.people import public_ids
from yueke.people.refusals import KeyMissing, LearnerNotFound, TeacherNotFound
from yueke.wallet.refusals import LotNotFound

BODY_BYTES_MAX = 1024 * 1024
KEY_LENGTH_MAX = 200
INSTANT_LENGTH_MAX = 64
WINDOW_DAYS_MAX = 14
# Within these, an instant may be moved by any zone or policy and still be one.
YEARS = range(1900, 3000)
_BEARER = "bearer "
_CURSOR = re.compile(r"([0-9]{1,11})~(\w{1,32})", re.ASCII)


def bearer(header: str | None) -> str:
    """Return the API key of an Authorization header, or refuse (key_missing)."""
    if not header or header[: len(_BEARER)].lower() != _BEARER:
        raise KeyMissing()
    return header[len(_BEARER) :].strip()


def request_key(header: str | None) -> str:
    """Return the Idempotency-Key, or refuse (request_key_missing)."""
    if not header or len(header) > KEY_LENGTH_MAX or "\0" in header:
        raise RequestKeyMissing()
    return header


def body_hash(path: str, body: bytes) -> bytes:
    """Return the SHA-256 of what is asked: the address and the body as it came."""
    return hashlib.sha256(path.encode() + b"\n" + body).digest()


def json_body(body: bytes) -> Any:
    """Return what a JSON body holds, or refuse (body_not_json)."""
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise BodyNotJson() from None


def instant(text: str) -> datetime:
    """Return in UTC the instant an ISO 8601 text with an offset names.

    Refuses: time_unreadable.
    """
    # The fraction of a second might have any number of digits, and what was read is kept.
    if len(text) > INSTANT_LENGTH_MAX:
        raise TimeUnreadable(text[:INSTANT_LENGTH_MAX])
    return _instant(text)


# Half-hours are few and come again and again.
@lru_cache(maxsize=4096)
def _instant(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise TimeUnreadable(text) from None
    if found.tzinfo is None or found.year not in YEARS:
        raise TimeUnreadable(text)
    return found.astimezone(UTC)


def window(begin: str, end: str) -> tuple[datetime, datetime]:
    """Return a half-open window of at most WINDOW_DAYS_MAX, or refuse (window_invalid)."""
    first, last = instant(begin), instant(end)
    if not timedelta(0) < last - first <= timedelta(days=WINDOW_DAYS_MAX):
        raise WindowInvalid(WINDOW_DAYS_MAX)
    return first, last


def learner_id(text: str) -> int:
    """Return a learner's row, or refuse (learner_not_found)."""
    number = public_ids.read("lrn", text)
    if number is None:
        raise LearnerNotFound(text[:64])
    return number


def teacher_id(text: str) -> int:
    """Return a teacher's row, or refuse (teacher_not_found)."""
    number = public_ids.read("tch", text)
    if number is None:
        raise TeacherNotFound(text[:64])
    return number


def seat_id(text: str) -> int:
    """Return a seat's row, or refuse (lesson_not_found)."""
    number = public_ids.read("st", text)
    if number is None:
        raise LessonNotFound(text[:64])
    return number


def class_id(text: str) -> int:
    """Return an open class's row, or refuse (class_not_found)."""
    number = public_ids.read("lsn", text)
    if number is None:
        raise ClassNotFound(text[:64])
    return number


def lot_id(text: str) -> int:
    """Return a lot's row, or refuse (lot_not_found)."""
    number = public_ids.read("lot", text)
    if number is None:
        raise LotNotFound(text[:64])
    return number


def cursor(text: str | None) -> tuple[int, int] | None:
    """Return the two numbers a page's cursor holds, or refuse (cursor_invalid)."""
    if text is None:
        return None
    parts = _CURSOR.fullmatch(text)
    number = public_ids.read("cur", parts[2]) if parts else None
    if parts is None or number is None:
        raise CursorInvalid()
    return int(parts[1]), number


def show_cursor(first: int, second: int) -> str:
    """Write two numbers as a cursor."""
    return f"{first}~{public_ids.show('cur', second)}"
