"""Dual learners of the demo, each with a Chinese and a foreign teacher who were asked to agree."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta

from yueke.cli.demo.weeks import BEIJING, COMING, Weeks
from yueke.curriculum.models import LearningProgress
from yueke.inventory.models import Slot
from yueke.kernel.actor import Actor
from yueke.notices.once import Request
from yueke.people.models import Teacher
from yueke.people.queries import CHINESE
from yueke.supply.contracts import answer, propose
from yueke.supply.contracts.models import Contract
from yueke.supply.contracts.orders import Part, Proposal
from yueke.supply.weeks import WeeklyTime

DUALS = 5
Offered = tuple[Teacher, WeeklyTime]
_PRODUCT = "major"
_WEEKS = 2
# Of the contracts of all: the first is declined, the next are agreed to, the others wait.
_DECLINED, _AGREED = 1, 4


def play(*, lp: Actor, learner_ids: Sequence[int], now: datetime) -> None:
    """Propose the contracts of dual learners at times that both teachers offer in both weeks.

    No time is opened by it: what teachers offer stays as the seed says.
    """
    found = LearningProgress.objects.filter(learner_id__in=learner_ids, product__code=_PRODUCT)
    levels = dict(found.order_by("learner_id").values_list("learner_id", "course__level"))
    free = list(_offered(lp.market_id, now))
    first_week = (Weeks(now).monday + timedelta(weeks=COMING)).date()
    paired = 0
    for learner_id, level in levels.items():
        parts = _pair(free, f"{_PRODUCT}:{level}")
        if parts is None or paired == DUALS:
            continue
        proposal = Proposal(learner_id, _PRODUCT, first_week, *parts)
        request = _request(lp, now, f"pair-{learner_id}")
        propose.propose(request, proposal=proposal, reason="双优排课")
        free = [one for one in free if one[0].pk not in {part.teacher_id for part in parts}]
        paired += 1
    _answer(lp.market_id, now)


def _pair(free: Sequence[Offered], skill: str) -> tuple[Part, Part] | None:
    """Return a Chinese and a foreign teacher of a skill at different times, or nobody."""
    able = [one for one in free if skill in one[0].skills]
    for chinese, at in (one for one in able if CHINESE in one[0].tags):
        for foreign, other in (one for one in able if CHINESE not in one[0].tags):
            if at != other:
                return Part(chinese.pk, at), Part(foreign.pk, other)
    return None


def _offered(market_id: int, now: datetime) -> Iterator[Offered]:
    """Return teachers with a weekly time that is open in both weeks, each teacher once."""
    monday = Weeks(now).monday + timedelta(weeks=COMING)
    slots = Slot.objects.filter(
        market_id=market_id,
        state=Slot.State.OPEN,
        target_kind=None,
        starts_at__gte=monday,
        starts_at__lt=monday + timedelta(weeks=_WEEKS),
    )
    walls = Counter(
        (teacher_id, wall.weekday(), time(wall.hour, wall.minute))
        for teacher_id, at in slots.values_list("teacher_id", "starts_at")
        for wall in [at.astimezone(BEIJING)]
    )
    first = {
        teacher_id: WeeklyTime(weekday, clock)
        for (teacher_id, weekday, clock), weeks in sorted(walls.items(), reverse=True)
        if weeks == _WEEKS
    }
    for teacher in Teacher.objects.filter(id__in=first).order_by("-rating", "id"):
        yield teacher, first[teacher.pk]


def _answer(market_id: int, now: datetime) -> None:
    for place, contract in enumerate(Contract.objects.filter(market_id=market_id).order_by("id")):
        teacher = Teacher.objects.get(pk=contract.teacher_id)
        theirs = Actor(market_id, "user", teacher.user_id or 0, "teachers", None, teacher.pk)
        request = _request(theirs, now, f"answer-{contract.pk}")
        if place < _DECLINED:
            answer.decline(request, contract_id=contract.pk, reason="I move in spring")
        elif place < _AGREED:
            answer.accept(request, contract_id=contract.pk)


def _request(actor: Actor, now: datetime, key: str) -> Request:
    key = f"demo-{key}"
    return Request(actor, key, hashlib.sha256(key.encode()).digest(), now)
