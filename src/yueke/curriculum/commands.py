"""Open courses for learners."""

from dataclasses import dataclass

from yueke.curriculum import queries
from yueke.curriculum.models import Course, LearningProgress
from yueke.curriculum.refusals import CourseUnknown
from yueke.kernel.outcome import Answer
from yueke.kernel.transaction import Work
from yueke.notices import operations as notices
from yueke.notices.once import Request, once
from yueke.notices.operations import Happened
from yueke.people import channels
from yueke.people import operations as people
from yueke.people import queries as people_queries


@dataclass(slots=True)
class CourseOpened:
    """A product that a learner has opened. `is_new`: it was not open before."""

    learner_id: int
    product: str
    level: int
    is_new: bool


def open_course(
    request: Request, *, learner_id: int, course_id: int, reason: str = ""
) -> Answer[CourseOpened]:
    """Open a course of the market for a learner; where they stand in its product already, stays.

    Refuses: channel_may_not, learner_not_found. Locks the learner.
    """

    def act(work: Work) -> list[CourseOpened]:
        course = Course.objects.select_related("product").get(
            market_id=request.actor.market_id, id=course_id
        )
        return [_open(work, request, learner_id, course, reason)]

    return once(request, CourseOpened, act)


def open_course_of(
    request: Request, *, learner_id: int, product: str, level: int, reason: str = ""
) -> Answer[CourseOpened]:
    """Open a course by its product's code and its level (LP-5, TM-7, CC-8, H5-8).

    Refuses: channel_may_not, learner_not_found, product_unknown, course_unknown.
    """

    def act(work: Work) -> list[CourseOpened]:
        market_id = request.actor.market_id
        found = queries.get_product(market_id=market_id, code=product)
        course = found.courses.select_related("product").filter(level=level).first()
        if course is None:
            raise CourseUnknown(product, level)
        return [_open(work, request, learner_id, course, reason)]

    return once(request, CourseOpened, act)


def _open(
    work: Work, request: Request, learner_id: int, course: Course, reason: str
) -> CourseOpened:
    actor, code = request.actor, course.product.code
    if not channels.may(actor.channel, "open", code):
        channels.require(actor, "open", "course")
    people_queries.get_learner(actor=actor, learner_id=learner_id)
    work.ask(people.lock_learners(market_id=actor.market_id, learner_ids=[learner_id]))
    progress, is_new = LearningProgress.objects.select_related("course").get_or_create(
        learner_id=learner_id, product=course.product, defaults={"course": course}
    )
    level = progress.course.level
    if is_new:
        data = {"product": code, "level": level}
        happened = Happened(0, "course.opened", actor, reason, learner_id=learner_id, data=data)
        notices.append_one(work, at=request.now, event=happened)
    return CourseOpened(learner_id, code, level, is_new)
