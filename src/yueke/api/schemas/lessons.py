"""Lessons as learners have them."""

from ninja import Schema

from yueke.api.schemas.parts import Amount


class LessonOut(Schema):
    """A lesson as one learner has it.

    `course_number` is which lesson of the course was taught or has been chosen, and `courseware`
    its title; none: the one that is next for the learner. `absent`: the learner did not come.
    """

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
    course_number: int | None
    courseware: str | None
    absent: bool
    paid: Amount
    refunded: Amount


class LessonsOut(Schema):
    """A page of lessons in order of time."""

    lessons: list[LessonOut]
    next: str | None
