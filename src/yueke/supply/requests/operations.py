"""Ask a teacher, and end what waits, inside the caller's transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yueke.booking.operations.busy import busy_cells
from yueke.booking.orders import BookLesson
from yueke.booking.refusals import LearnerBusy
from yueke.booking.rules.slot import check_skill
from yueke.curriculum import operations as curriculum
from yueke.curriculum import queries as curriculum_queries
from yueke.curriculum.refusals import CourseNotOpen, ProductUnknown
from yueke.curriculum.rules import read_catalogue
from yueke.inventory import operations as inventory
from yueke.inventory.orders import Target
from yueke.kernel.actor import Actor
from yueke.kernel.grid import cells_of
from yueke.kernel.transaction import Work
from yueke.notices import operations as notices
from yueke.notices.operations import Happened
from yueke.people import channels, policies
from yueke.people import operations as people
from yueke.people import queries as people_queries
from yueke.supply.requests import rules
from yueke.supply.requests.models import LessonRequest
from yueke.supply.requests.refusals import RequestWaitsAlready


@dataclass(frozen=True, slots=True)
class Wish:
    """Which time a teacher is asked for, for whom and what, and what is to pay for it."""

    learner_id: int
    teacher_id: int
    starts_at: datetime
    product: str
    asset: str = "credit"
    lot_id: int | None = None


def ask(work: Work, *, actor: Actor, now: datetime, wish: Wish, reason: str) -> LessonRequest:
    """Ask a teacher for time that they have not opened (LP-6).

    What is certain to be refused on acceptance is refused now. Refuses: channel_may_not,
    learner_not_found, teacher_not_found, product_unknown, course_not_open,
    teacher_does_not_teach, learner_busy, request_waits_already, and as `rules`. Locks the
    learner, then the slots.
    """
    channels.require(actor, "request", wish.product)
    channels.require(actor, "pay", wish.asset)
    rules.check_time(wish.starts_at, now)
    people_queries.get_learner(actor=actor, learner_id=wish.learner_id)
    teacher = people_queries.get_teacher(actor=actor, teacher_id=wish.teacher_id)
    _check(work, actor.market_id, now, wish, frozenset(teacher.skills))
    key = {"market_id": actor.market_id, "learner_id": wish.learner_id}
    of_time = {**key, "teacher_id": wish.teacher_id, "starts_at": wish.starts_at}
    waiting = LessonRequest.objects.filter(**of_time, state=LessonRequest.State.WAITING)
    if waiting.exists():
        raise RequestWaitsAlready(wish.teacher_id, wish.starts_at)
    hours = policies.in_force(market_id=actor.market_id, at=now).number("request_hours")
    asked = LessonRequest.objects.create(
        **of_time,
        product=wish.product,
        asset=wish.asset,
        lot_id=wish.lot_id,
        reason=reason,
        channel=actor.channel,
        actor_kind=actor.kind,
        actor_id=actor.id,
        asked_at=now,
        expires_at=rules.expires_at(wish.starts_at, now, hours=hours),
    )
    tell(work, asked, "request.asked", actor=actor, now=now, reason=reason)
    return asked


def _check(work: Work, market_id: int, now: datetime, wish: Wish, skills: frozenset[str]) -> None:
    [priced] = work.ask(curriculum.catalogue(market_id=market_id, now=now)).fetch()
    product = read_catalogue(priced).get(wish.product)
    if product is None:
        raise ProductUnknown(wish.product)
    cells = cells_of(wish.starts_at, product.cells)
    work.ask(people.lock_learners(market_id=market_id, learner_ids=[wish.learner_id]))
    slots = [(wish.teacher_id, cell) for cell in cells]
    [locked] = work.ask(inventory.lock_slots(market_id=market_id, slots=slots)).fetch()
    progress, busy = work.ask(
        curriculum.progress(wanted=[(wish.learner_id, product.id)]),
        busy_cells(market_id, [(wish.learner_id, cell) for cell in cells]),
    ).fetch()
    if not progress:
        raise CourseNotOpen(product.code)
    check_skill(skills, wish.teacher_id, product.code, progress[0].level)
    rules.check_slots(
        locked, cells=len(cells), learner_id=wish.learner_id, product_id=product.id, now=now
    )
    if busy:
        raise LearnerBusy(wish.learner_id, busy[0].starts_at)


def to_book(asked: LessonRequest, *, keep: bool) -> BookLesson:
    """Return what accepting a request books (T-3)."""
    return BookLesson(
        asked.learner_id,
        asked.teacher_id,
        asked.starts_at,
        asked.product,
        asked.asset,
        asked.lot_id,
        asked.reason,
        force=True,
        permission="accept",
        target=Target("request", asked.pk),
        keep=keep,
    )


def keep_time(work: Work, asked: LessonRequest, *, keep: bool, now: datetime) -> bool:
    """Say whether the time opened for a request stays; tell whether there is such time."""
    product = curriculum_queries.facts(market_id=asked.market_id, now=now)[asked.product]
    kept = inventory.keep(
        work,
        market_id=asked.market_id,
        teacher_id=asked.teacher_id,
        starts=cells_of(asked.starts_at, product.cells),
        target=Target("request", asked.pk),
        keep=keep,
    )
    return bool(kept)


def end(
    work: Work, asked: LessonRequest, *, state: str, actor: Actor, now: datetime, answer: str = ""
) -> None:
    """Write how a waiting request, locked before, ended, with its seat if it has one."""
    asked.state, asked.answer, asked.answered_at = state, answer, now
    asked.save(update_fields=["state", "answer", "answered_at", "keep", "seat_id"])
    tell(work, asked, f"request.{state}", actor=actor, now=now, reason=answer)


def tell(
    work: Work, asked: LessonRequest, kind: str, *, actor: Actor, now: datetime, reason: str
) -> None:
    """Append what happened to a request."""
    data: dict[str, Any] = {"request": asked.pk, "product": asked.product, "keep": asked.keep}
    event = Happened(
        0,
        kind,
        actor,
        reason,
        learner_id=asked.learner_id,
        teacher_id=asked.teacher_id,
        starts_at=asked.starts_at,
        data=data,
    )
    notices.append_one(work, at=now, event=event)
