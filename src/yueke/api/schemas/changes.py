"""Lessons finished, opened again, given to another teacher; courses opened."""

from typing import Annotated

from ninja import Schema
from pydantic import Field

from yueke.api.schemas.parts import Id, In, Text


class LessonIn(In):
    """A lesson, by the seat of any of its learners."""

    seat: Id
    reason: Text = ""


class TeacherChangeIn(LessonIn):
    """A lesson, and who teaches it from now on."""

    teacher: Id


class CoursewareChangeIn(LessonIn):
    """A lesson, and which lesson of its course it teaches; none: the learner's next."""

    number: Annotated[int, Field(ge=1, le=999)] | None


class LessonChangedOut(Schema):
    """What the lesson is now."""

    seat: str
    lesson: str
    state: str
    teacher: str | None
    course_number: int | None


class CourseIn(In):
    """A learner, and the level of a product that is opened for them."""

    learner: Id
    product: Text
    level: Annotated[int, Field(ge=0, le=99)]
    reason: Text = ""


class CourseOut(Schema):
    """Where the learner stands in the product; `is_new` unless they had opened it before."""

    learner: str
    product: str
    level: int
    is_new: bool
