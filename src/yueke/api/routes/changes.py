"""Lessons that have begun or are about to: finished, opened again, given to another teacher."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from yueke.api import answers, reading, showing
from yueke.api.asked import DryRun, KeyHeader, request_of
from yueke.api.schemas.changes import (
    CoursewareChangeIn,
    LessonChangedOut,
    LessonIn,
    TeacherChangeIn,
)
from yueke.booking import courseware, lessons
from yueke.booking.orders import LessonChanged
from yueke.kernel.outcome import Answer

router = Router(tags=["Lessons"])


@router.post("/finishes", response=answers.rehearsable(LessonChangedOut), summary="Finish a lesson")
def finish(request: HttpRequest, body: LessonIn, key: KeyHeader, dry_run: DryRun = None) -> Any:
    """Finish a lesson that has begun; its learners move on to the next one of their course."""
    asked = request_of(request, key, dry_run=dry_run)
    answer = lessons.finish(asked, seat_id=reading.seat_id(body.seat), reason=body.reason)
    return Status(200 if dry_run else 201, _shown(answer))


@router.post(
    "/finish-undos", response=answers.rehearsable(LessonChangedOut), summary="Take a finish back"
)
def undo_finish(
    request: HttpRequest, body: LessonIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """Take back that a lesson was finished, within a week; its learners move back."""
    asked = request_of(request, key, dry_run=dry_run)
    answer = lessons.undo_finish(asked, seat_id=reading.seat_id(body.seat), reason=body.reason)
    return Status(200 if dry_run else 201, _shown(answer))


@router.post(
    "/teacher-changes", response=answers.rehearsable(LessonChangedOut), summary="Change the teacher"
)
def change_teacher(
    request: HttpRequest, body: TeacherChangeIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """Give a lesson to another teacher who has its time open, before it or while it lasts."""
    answer = lessons.change_teacher(
        request_of(request, key, dry_run=dry_run),
        seat_id=reading.seat_id(body.seat),
        teacher_id=reading.teacher_id(body.teacher),
        reason=body.reason,
    )
    return Status(200 if dry_run else 201, _shown(answer))


@router.post(
    "/courseware-changes",
    response=answers.rehearsable(LessonChangedOut),
    summary="Change the courseware",
)
def change_courseware(
    request: HttpRequest, body: CoursewareChangeIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """Teach another lesson of the course; learning progress goes on from it on finish."""
    answer = courseware.change_courseware(
        request_of(request, key, dry_run=dry_run),
        seat_id=reading.seat_id(body.seat),
        number=body.number,
        reason=body.reason,
    )
    return Status(200 if dry_run else 201, _shown(answer))


def _shown(answer: Answer[LessonChanged]) -> dict[str, Any]:
    done = answer.only()
    return showing.lesson_changed(done)
