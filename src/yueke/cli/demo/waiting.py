"""What is under way between learners and teachers of the demo: asked, agreed, overbooked, held."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from yueke.booking.models import SeatCell
from yueke.cli.demo.weeks import BEIJING, COMING, Weeks
from yueke.curriculum.models import LearningProgress
from yueke.inventory.models import Slot
from yueke.kernel.actor import Actor
from yueke.kernel.refusal import Refusal
from yueke.notices.once import Request
from yueke.people.models import Teacher
from yueke.supply.dedicated import commands as dedicated
from yueke.supply.dedicated.commands import Choice
from yueke.supply.overbooking import commands as overbooking
from yueke.supply.overbooking import holds
from yueke.supply.overbooking.commands import Step
from yueke.supply.overbooking.overbook import overbook
from yueke.supply.requests import commands as requests
from yueke.supply.requests.operations import Wish
from yueke.supply.weeks import WeeklyTime

TRIALS, REQUESTS, DEDICATED = 40, 10, 20
_PRODUCT = "major"
_EVENING = range(36, 42)
# How many lesson requests teachers said no to, and how many were taken back.
_REJECTED, _WITHDRAWN = 2, 1


@dataclass(frozen=True)
class Staff:
    """Who does it."""

    lp: Actor
    cc: Actor
    supply: Actor


def play(*, staff: Staff, learner_ids: Sequence[int], now: datetime) -> None:
    """Overbook trials and hold teachers for them; ask teachers; choose learners' own teachers.

    Nobody's time is opened or booked by it: what teachers offer stays as the seed says.
    """
    _overbook(staff, learner_ids, now)
    market_id = staff.supply.market_id
    holds.occupy(market_id=market_id, now=now)
    pairs = list(_pairs(market_id, learner_ids))
    for learner_id, teacher in pairs[:DEDICATED]:
        _choose(staff.lp, learner_id, teacher, now)
    for place, (learner_id, teacher) in enumerate(pairs[:REQUESTS]):
        _ask(staff.lp, place, learner_id, teacher, now)


def _overbook(staff: Staff, learner_ids: Sequence[int], now: datetime) -> None:
    """Let evenings be overbooked, more at weekends, and take trials on those of next week."""
    steps = []
    for day in range(7):
        many = 8 if day >= 5 else 5
        steps += [Step(48 * day + 36, 80, 1, many), Step(48 * day + 42, 0, 0, 0)]
    request = _request(staff.supply, now, "strategy")
    overbooking.set_strategy(request, product="trial", steps=steps, reason="晚高峰")
    monday = Weeks(now).monday + timedelta(weeks=COMING)
    taken = 0
    for place, learner_id in enumerate(learner_ids):
        day, half_hour = place % 7, _EVENING[place % len(_EVENING)]
        starts_at = monday + timedelta(days=day, minutes=30 * half_hour)
        request = _request(staff.cc, now, f"overbook-{learner_id}")
        try:
            answer = overbook(request, learner_id=learner_id, starts_at=starts_at)
        except Refusal:
            continue
        taken += not isinstance(answer.results[0], Refusal)
        if taken == TRIALS:
            return


def _pairs(market_id: int, learner_ids: Sequence[int]) -> Iterator[tuple[int, Teacher]]:
    """Pair learners with teachers who teach their level of the major course, each once."""
    standing = LearningProgress.objects.filter(learner_id__in=learner_ids, product__code=_PRODUCT)
    levels = dict(standing.order_by("learner_id").values_list("learner_id", "course__level"))
    teachers = list(Teacher.objects.filter(market_id=market_id).order_by("-rating", "id")[:200])
    for learner_id, level in levels.items():
        fit = [one for one in teachers if f"{_PRODUCT}:{level}" in one.skills]
        if fit:
            teachers.remove(fit[0])
            yield learner_id, fit[0]


def _choose(lp: Actor, learner_id: int, teacher: Teacher, now: datetime) -> None:
    """Choose a learner's own teacher, at weekly times: one they offer, one that will be missed."""
    monday = Weeks(now).monday + timedelta(weeks=COMING)
    week = Slot.objects.filter(
        teacher_id=teacher.pk,
        state=Slot.State.OPEN,
        starts_at__gte=monday,
        starts_at__lt=monday + timedelta(weeks=1),
    )
    offered = [slot.starts_at.astimezone(BEIJING) for slot in week.order_by("starts_at")[:1]]
    times = [WeeklyTime(wall.weekday(), time(wall.hour, wall.minute)) for wall in offered]
    times.append(WeeklyTime(learner_id % 7, time(6, 0)))
    choice = Choice(learner_id, _PRODUCT, teacher.pk, times)
    dedicated.choose(_request(lp, now, f"own-{learner_id}"), choice=choice, reason="家长指定")


def _ask(lp: Actor, place: int, learner_id: int, teacher: Teacher, now: datetime) -> None:
    """Ask for an evening that the teacher does not offer; some are answered."""
    starts_at = _unoffered(teacher, learner_id, now)
    wish = Wish(learner_id, teacher.pk, starts_at, _PRODUCT)
    answer = requests.ask(_request(lp, now, f"ask-{place}"), wish=wish, reason="只有这个时间")
    [asked] = answer.results
    assert not isinstance(asked, Refusal)
    if place < _REJECTED:
        theirs = Actor(lp.market_id, "user", teacher.user_id or 0, "teachers", None, teacher.pk)
        request = _request(theirs, now, f"reject-{place}")
        requests.reject(request, request_id=asked.request_id, reason="I travel that day")
    elif place < _REJECTED + _WITHDRAWN:
        request = _request(lp, now, f"withdraw-{place}")
        requests.withdraw(request, request_id=asked.request_id, reason="改了时间")


def _unoffered(teacher: Teacher, learner_id: int, now: datetime) -> datetime:
    """Return an evening of next week at which the teacher has no slot and the learner is free."""
    monday = Weeks(now).monday + timedelta(weeks=COMING)
    evenings = [
        monday + timedelta(days=day, minutes=30 * half) for day in range(7) for half in _EVENING
    ]
    among = {"starts_at__in": evenings}
    slots = Slot.objects.filter(teacher_id=teacher.pk, **among)
    busy = SeatCell.objects.filter(learner_id=learner_id, **among)
    gone = {*slots.values_list("starts_at", flat=True), *busy.values_list("starts_at", flat=True)}
    return next(at for at in evenings if at not in gone)


def _request(actor: Actor, now: datetime, key: str) -> Request:
    key = f"demo-{key}"
    return Request(actor, key, hashlib.sha256(key.encode()).digest(), now)
