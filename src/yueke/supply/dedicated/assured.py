"""Assured priority: many learners at once with their dedicated teachers, booked or asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from yueke.booking.orders import Booked
from yueke.curriculum import queries as curriculum
from yueke.inventory import operations as inventory
from yueke.inventory.refusals import SlotNotOpen
from yueke.kernel.grid import cells_of
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.kernel.transaction import Work, all_or_nothing
from yueke.notices.once import Request, once
from yueke.people import channels
from yueke.people import operations as people
from yueke.people import queries as people_queries
from yueke.supply.dedicated import queries
from yueke.supply.dedicated.models import Dedicated
from yueke.supply.dedicated.priority import to_book
from yueke.supply.dedicated.refusals import NoDedicatedTeacher, NoFinishedLesson
from yueke.supply.placing import place
from yueke.supply.requests import operations as requests
from yueke.supply.requests.operations import Wish
from yueke.supply.weeks import WEEK, instant_of, monday_of
from yueke.supply.zones import zone_of_market


@dataclass(frozen=True, slots=True)
class Wanted:
    """A learner of the list, and when they are to have their dedicated teacher."""

    learner_id: int
    starts_at: datetime


@dataclass(slots=True)
class Assured:
    """What a learner of the list got: a seat, or a request that waits for the teacher."""

    learner_id: int
    teacher_id: int
    starts_at: datetime
    seat_id: int | None
    request_id: int | None


def assure(
    request: Request, *, product: str, wanted: Sequence[Wanted], reason: str = ""
) -> Answer[Assured]:
    """Book each learner of a list with the dedicated teacher, or ask for the time (LP-7, SD-4).

    Only learners who finished a lesson this week are; where the time is not open, a request goes
    to the teacher. One answer each, in order: refused one by one are learner_not_found,
    no_finished_lesson, no_dedicated_teacher, and what a booking or a request is refused. Refuses
    whole: channel_may_not. Locks all the learners, then all the slots.
    """
    actor = request.actor
    channels.require(actor, "assure", product)

    def act(work: Work) -> list[Assured | Refusal]:
        learner_ids = {one.learner_id for one in wanted}
        mine = queries.dedicated_of(
            market_id=actor.market_id, learner_ids=learner_ids, product=product
        )
        _lock(work, request, mine, wanted, product)
        finished = _finished_this_week(request, learner_ids)
        results: list[Assured | Refusal] = []
        for number, one in enumerate(wanted):
            key = f"assured-{request.key}-{number}"
            try:
                with all_or_nothing():
                    _check(request, one, mine, product, finished)
                    teacher = mine[one.learner_id]
                    results.append(_settle(work, request, one, teacher, key, reason))
            except Refusal as refusal:
                results.append(refusal.as_answer())
        return results

    return once(request, Assured, act)


def _lock(
    work: Work,
    request: Request,
    mine: dict[int, Dedicated],
    wanted: Sequence[Wanted],
    product: str,
) -> None:
    """Lock all that the list is about in the written order, before one by one of it is decided."""
    market_id = request.actor.market_id
    cells = curriculum.get_product(market_id=market_id, code=product).cells
    learner_ids = {one.learner_id for one in wanted}
    work.ask(people.lock_learners(market_id=market_id, learner_ids=learner_ids))
    slots = {
        (mine[one.learner_id].teacher_id, cell)
        for one in wanted
        if one.learner_id in mine
        for cell in cells_of(one.starts_at, cells)
    }
    work.ask(inventory.lock_slots(market_id=market_id, slots=slots))


def _finished_this_week(request: Request, learner_ids: set[int]) -> set[int]:
    market_id = request.actor.market_id
    zone = zone_of_market(market_id)
    week = monday_of(request.now, zone)
    return queries.learners_who_finished(
        market_id=market_id,
        learner_ids=learner_ids,
        begin=instant_of(week, zone),
        end=instant_of(week + WEEK, zone),
    )


def _check(
    request: Request, one: Wanted, mine: dict[int, Dedicated], product: str, finished: set[int]
) -> None:
    people_queries.get_learner(actor=request.actor, learner_id=one.learner_id)
    if one.learner_id not in finished:
        raise NoFinishedLesson(one.learner_id)
    if one.learner_id not in mine:
        raise NoDedicatedTeacher(one.learner_id, product)


def _settle(
    work: Work, request: Request, one: Wanted, mine: Dedicated, key: str, reason: str
) -> Assured:
    actor, now = request.actor, request.now
    done = Assured(one.learner_id, mine.teacher_id, one.starts_at, None, None)
    command = to_book(mine, one.starts_at, permission="assure", reason=reason)
    booked = place(work, actor=actor, now=now, key=key, command=command)
    if isinstance(booked, Booked):
        done.seat_id = booked.seat_id
    elif isinstance(booked, SlotNotOpen):
        wish = Wish(one.learner_id, mine.teacher_id, one.starts_at, mine.product, mine.asset)
        done.request_id = requests.ask(work, actor=actor, now=now, wish=wish, reason=reason).pk
    else:
        raise booked
    return done
