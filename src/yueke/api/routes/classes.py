"""Open classes: read them, make them, publish them, take down who came (CU-3, CL-1)."""

from base64 import b64decode
from binascii import Error
from datetime import UTC, datetime, timedelta
from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from yueke.api import answers, reading, showing
from yueke.api.asked import DryRun, KeyHeader, request_of
from yueke.api.callers import actor_of
from yueke.api.schemas.classes import (
    AttendanceIn,
    AttendanceOut,
    ClassCancelledOut,
    ClassChangedOut,
    ClassesOut,
    ClassIn,
    ClassOut,
    ClassSeatsOut,
    CoverIn,
    DescriptionIn,
    NewClassIn,
)
from yueke.api.window import Begin, Cursor, End, Limit
from yueke.booking.classes import attendance, cancel, create, describe, queries
from yueke.booking.classes.orders import ClassChanged, Texts
from yueke.booking.classes.queries import WhichClasses
from yueke.booking.classes.refusals import PictureUnknown
from yueke.kernel.outcome import Answer

router = Router(tags=["Open classes"])
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)


@router.get("/classes", response=answers.read(ClassesOut), summary="List open classes")
def list_classes(
    request: HttpRequest,
    begin: Begin = None,
    to: End = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Any:
    """List open classes in order of time; families see those that are published."""
    after = reading.cursor(cursor)
    which = WhichClasses(
        begin=None if begin is None else reading.instant(begin),
        end=None if to is None else reading.instant(to),
        after=None if after is None else (_EPOCH + after[0] * _SECOND, after[1]),
    )
    found = queries.list_classes(actor=actor_of(request), which=which, size=limit)
    last = found[-1] if len(found) == limit else None
    return {
        "classes": [showing.open_class(row) for row in found],
        "next": last and reading.show_cursor((last.starts_at - _EPOCH) // _SECOND, last.class_id),
    }


@router.get("/classes/{lesson}", response=answers.read(ClassOut), summary="Read an open class")
def get_class(request: HttpRequest, lesson: str) -> Any:
    """Read one open class."""
    row = queries.get_class(actor=actor_of(request), class_id=reading.class_id(lesson))
    return showing.open_class(row)


@router.get(
    "/classes/{lesson}/seats", response=answers.read(ClassSeatsOut), summary="Who is in a class"
)
def list_seats(request: HttpRequest, lesson: str) -> Any:
    """Read who has a seat in a class and who waits for one, as far as the key reaches."""
    found = queries.list_places(actor=actor_of(request), class_id=reading.class_id(lesson))
    return {"seats": [showing.class_seat(row) for row in found]}


@router.post(
    "/classes", response=answers.rehearsable(ClassChangedOut), summary="Create an open class"
)
def create_class(
    request: HttpRequest, body: NewClassIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """Create a class and its teacher's time in one act; families see it once it is published."""
    answer = create.create(
        request_of(request, key, dry_run=dry_run),
        teacher_id=reading.teacher_id(body.teacher),
        starts_at=reading.instant(body.starts_at),
        capacity=body.capacity,
        texts=_texts(body),
        reason=body.reason,
    )
    return _shown(answer, dry_run)


@router.post(
    "/class-descriptions",
    response=answers.rehearsable(ClassChangedOut),
    summary="Describe an open class",
)
def describe_class(
    request: HttpRequest, body: DescriptionIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """Say what a class is about, and how many seats it has."""
    answer = describe.describe(
        request_of(request, key, dry_run=dry_run),
        class_id=reading.class_id(body.lesson),
        texts=_texts(body),
        capacity=body.capacity,
        reason=body.reason,
    )
    return _shown(answer, dry_run)


@router.post(
    "/class-covers", response=answers.rehearsable(ClassChangedOut), summary="Give a class a cover"
)
def set_cover(request: HttpRequest, body: CoverIn, key: KeyHeader, dry_run: DryRun = None) -> Any:
    """Give a class the picture that families see first."""
    try:
        picture = b64decode(body.picture, validate=True)
    except (Error, ValueError):
        raise PictureUnknown() from None
    answer = describe.set_cover(
        request_of(request, key, dry_run=dry_run),
        class_id=reading.class_id(body.lesson),
        picture=picture,
        reason=body.reason,
    )
    return _shown(answer, dry_run)


@router.post(
    "/class-publications",
    response=answers.rehearsable(ClassChangedOut),
    summary="Publish an open class",
)
def publish(request: HttpRequest, body: ClassIn, key: KeyHeader, dry_run: DryRun = None) -> Any:
    """Let families see and book a class."""
    asked = request_of(request, key, dry_run=dry_run)
    lesson = reading.class_id(body.lesson)
    return _shown(describe.publish(asked, class_id=lesson, reason=body.reason), dry_run)


@router.post(
    "/class-unpublications",
    response=answers.rehearsable(ClassChangedOut),
    summary="Take an open class out of sight",
)
def unpublish(request: HttpRequest, body: ClassIn, key: KeyHeader, dry_run: DryRun = None) -> Any:
    """Take a class out of sight: nobody books it; seats that are taken stay."""
    asked = request_of(request, key, dry_run=dry_run)
    lesson = reading.class_id(body.lesson)
    return _shown(describe.unpublish(asked, class_id=lesson, reason=body.reason), dry_run)


@router.post(
    "/class-cancellations",
    response=answers.rehearsable(ClassCancelledOut),
    summary="Cancel an open class",
)
def cancel_class(
    request: HttpRequest, body: ClassIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """Cancel a class before it begins: all are refunded, nobody waits, the teacher is free."""
    answer = cancel.cancel(
        request_of(request, key, dry_run=dry_run),
        class_id=reading.class_id(body.lesson),
        reason=body.reason,
    )
    return Status(200 if dry_run else 201, showing.cancelled_class(answer.only()))


@router.post(
    "/class-attendances",
    response=answers.rehearsable(AttendanceOut),
    summary="Take down who came",
)
def attend(request: HttpRequest, body: AttendanceIn, key: KeyHeader, dry_run: DryRun = None) -> Any:
    """Take down that the learners of these seats came to a class, and that all others did not."""
    answer = attendance.take_attendance(
        request_of(request, key, dry_run=dry_run),
        class_id=reading.class_id(body.lesson),
        seat_ids=[reading.seat_id(seat) for seat in body.seats],
        reason=body.reason,
    )
    return Status(200 if dry_run else 201, showing.attended(answer.only()))


def _texts(body: NewClassIn | DescriptionIn) -> Texts:
    return Texts(body.title_zh, body.title_en, body.about_zh, body.about_en)


def _shown(answer: Answer[ClassChanged], dry_run: str | None) -> Any:
    return Status(200 if dry_run else 201, showing.changed_class(answer.only()))
