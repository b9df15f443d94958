"""What a child may book here: open courses of the products that the channel may book."""

from collections.abc import Sequence

from yueke.curriculum import queries as curriculum_queries
from yueke.curriculum.models import LearningProgress
from yueke.curriculum.refusals import CourseNotOpen
from yueke.people import channels
from yueke.portals.family.visit import Visit
from yueke.portals.product_names import product_name


def open_courses(*, visit: Visit) -> list[LearningProgress]:
    """Return the child's courses that may be booked, in the order of the table of permissions."""
    order = [of for command, of in channels.permissions() if command == "book"]
    courses = [
        course
        for course in curriculum_queries.progress_of(learner_ids=[visit.child.pk])
        if channels.may(visit.caller.actor.channel, "book", course.product.code)
    ]
    return sorted(courses, key=lambda course: order.index(course.product.code))


def chosen_course(*, courses: Sequence[LearningProgress], code: str) -> LearningProgress:
    """Return the course of the product named, or the first; refuse one not open here."""
    for course in courses:
        if not code or course.product.code == code:
            return course
    raise CourseNotOpen(code)


def course_name(course: LearningProgress) -> str:
    """Return the name of the course's product in the language of the moment."""
    return product_name(thing=course.product)
