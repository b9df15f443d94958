"""Courses that are opened for learners: their learning progress begins."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from yueke.api import answers, reading
from yueke.api.asked import DryRun, KeyHeader, request_of
from yueke.api.schemas.changes import CourseIn, CourseOut
from yueke.curriculum import commands as curriculum
from yueke.people import public_ids

router = Router(tags=["Learners and wallets"])


@router.post("/courses", response=answers.rehearsable(CourseOut), summary="Open a course")
def open_course(
    request: HttpRequest, body: CourseIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """Open a level of a product for a learner; where they stand in it already, stays."""
    answer = curriculum.open_course_of(
        request_of(request, key, dry_run=dry_run),
        learner_id=reading.learner_id(body.learner),
        product=body.product,
        level=body.level,
        reason=body.reason,
    )
    done = answer.only()
    learner = public_ids.show("lrn", done.learner_id)
    shown = {"learner": learner, "product": done.product, "level": done.level}
    return Status(200 if dry_run else 201, {**shown, "is_new": done.is_new})
