"""All commands that act on one learner at the door, and on the last place of a half-hour."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from tests import asking, world
from tests.concurrency.aftermath import Facts, aftermath
from tests.concurrency.in_order import Command, Group, ask, stays
from tests.concurrency.people_around import People, meet
from tests.world import NOW, Company, half_hours_ahead
from yueke.booking import absence, lessons, places
from yueke.booking.models import Seat
from yueke.booking.orders import CancelSeat
from yueke.booking.overbooking.models import OverbookStep
from yueke.curriculum.models import Course, Price, Product
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.supply.matching import commands as matching
from yueke.supply.matching import queries, timers
from yueke.supply.matching.enter import Entered, EnterRoom, come_in, enter_rooms
from yueke.supply.overbooking import commands as overbooking
from yueke.supply.overbooking.commands import Step
from yueke.supply.overbooking.overbook import overbook

# The half-hour of the week with which its last day begins.
SUNDAY = 6 * 48
TRIAL, SKILLS = "trial", ("trial:3", "major:3")
# Those who wait at one half-hour are matched together: each scene has one of its own.
_starts = count(100)


@dataclass
class Scene(People):
    """Eva has a trial without a teacher; Emma and Tom have its time open, and Zoe wants it."""

    start: datetime = NOW
    seat_id: int = 0

    @property
    def soon(self) -> datetime:
        """When the room is open."""
        return self.start - timedelta(minutes=5)

    @property
    def later(self) -> datetime:
        """When the lesson has begun."""
        return self.start + timedelta(minutes=1)

    def outcome(self) -> Facts:
        """Return everything the commands could have changed, once the timer has come."""
        timers.match_all(now=self.soon)
        facts = aftermath(self, since=self.start)
        steps = OverbookStep.objects.filter(market_id=self.company.market_id)
        facts["steps"] = sorted(steps.values_list("from_half_hour", "ceiling"))
        teachers = {one.pk: name for name, one in self.teachers.items()}
        standing = queries.standings(seat_ids=[self.seat_id]).get(self.seat_id)
        if standing is not None and standing.teacher_id is None:
            facts["wait"] = [(standing.state,)]
        elif standing is not None:
            facts["wait"] = [(standing.state, teachers[standing.teacher_id or 0])]
        return facts


def _lay_out(company: Company) -> Scene:
    _sell_trials(company)
    start = half_hours_ahead(count=next(_starts))
    people = meet(
        company,
        learners=("Eva", "Zoe"),
        teachers={"Emma": (), "Tom": ()},
        studies=(TRIAL, "major"),
        skills=SKILLS,
    )
    scene = Scene(company, people.learners, people.teachers, start)
    assert _overbook(scene, "cc", "Eva") == "done"
    scene.seat_id = Seat.objects.get(learner_id=people.learners["Eva"].pk).pk
    return scene


def _sell_trials(company: Company) -> None:
    """Sell trials, of which two may be overbooked at a time."""
    product, is_new = Product.objects.get_or_create(
        market=company.market, code=TRIAL, defaults={"name_zh": "试听", "name_en": "Trial"}
    )
    if is_new:
        company.products[TRIAL] = product
        Price.objects.create(product=product, asset="credit", amount=1)
        Course.objects.create(market=company.market, product=product, level=3, name="Trial")
        _allow(company, 2)


def _allow(company: Company, ceiling: int, *, until: int | None = None) -> str:
    """Let so many be overbooked, up to a half-hour of the week."""
    supply = asking.staff_of(market_id=company.market_id, channel="supply")
    steps = [Step(0, 100, 0, ceiling)]
    if until is not None:
        steps.append(Step(until, 0, 0, 0))
    return ask(supply, overbooking.set_strategy, now=NOW, product=TRIAL, steps=steps)


def _overbook(scene: Scene, channel: str, name: str) -> str:
    learner_id = scene.learners[name].pk
    actor = scene.family(name) if channel == "parents-h5" else scene.staff(channel)
    return ask(actor, overbook, now=NOW, learner_id=learner_id, starts_at=scene.start)


def _open(scene: Scene) -> None:
    for teacher in scene.teachers.values():
        world.open_slots(company=scene.company, teacher=teacher, starts=[scene.start])


def _enter(scene: Scene) -> str:
    return _entered(scene, enter_rooms)


def _come_in(scene: Scene) -> str:
    """Enter, with the matching left to others."""
    return _entered(scene, come_in)


def _entered(scene: Scene, command: Callable[..., Sequence[Answer[Entered] | Refusal]]) -> str:
    order = asking.order_of(actor=scene.staff("classroom"), commands=[EnterRoom(scene.seat_id)])
    [answer] = command(market_id=scene.company.market_id, now=scene.soon, orders=[order])
    return asking.codes_of(answer)[0]


def _match(scene: Scene) -> None:
    timers.match_all(now=scene.soon)


def _waiting(scene: Scene) -> None:
    """Let Eva enter before anybody has the time open."""
    assert _enter(scene) == "done"
    _open(scene)


def _matched(scene: Scene) -> None:
    _open(scene)
    assert _enter(scene) == "done"


def _cancel(scene: Scene) -> list[str]:
    order = asking.order_of(actor=scene.staff("cc"), commands=[CancelSeat(scene.seat_id)])
    return asking.codes_of(asking.cancel_orders(orders=[order], now=NOW)[0])


def _fireman(scene: Scene, command: Any, now: datetime, **given: Any) -> str:
    return ask(scene.staff("fireman"), command, now=now, seat_id=scene.seat_id, **given)


def _to_tom(scene: Scene) -> str:
    teacher_id = scene.teachers["Tom"].pk
    return _fireman(scene, lessons.change_teacher, scene.soon, teacher_id=teacher_id)


def _swap_in_zoe(scene: Scene) -> str:
    zoe = scene.learners["Zoe"].pk
    actor, command = scene.staff("tmk"), places.swap_student
    return ask(actor, command, now=NOW, seat_id=scene.seat_id, learner_id=zoe)


def _give_up(scene: Scene) -> None:
    """Give up whoever has waited ten minutes."""
    timers.look_after(now=scene.soon + timedelta(minutes=10))


_DOOR = ("booked", "waiting")
_ALL = ("booked", "waiting", "matched")

AT_THE_DOOR = Group(
    _lay_out,
    {"booked": _open, "waiting": _waiting, "matched": _matched},
    {
        "enter": Command(_enter, _DOOR, steps=(_come_in, _match)),
        "match": Command(_match, ("waiting",), is_timer=True),
        "give_up": Command(_give_up, ("waiting",), is_timer=True),
        "cancel": Command(_cancel, _ALL),
        "rematch": Command(lambda s: _fireman(s, matching.rematch, s.soon), _ALL),
        "to_tom": Command(_to_tom, _ALL),
        "swap_in_zoe": Command(_swap_in_zoe, _DOOR),
        "finish": Command(lambda s: _fireman(s, lessons.finish, s.later), ("waiting", "matched")),
        "absent": Command(
            lambda s: _fireman(s, absence.mark_absent, s.later, who="learner"),
            ("waiting", "matched"),
        ),
        "book_tom": Command(lambda s: s.book(s.staff("lp"), "Zoe", "Tom", s.start), _DOOR),
    },
    Scene.outcome,
)


def _lay_out_last_place(company: Company) -> Scene:
    """Lay out a half-hour at which Eva has one of two places; others want the other."""
    _sell_trials(company)
    _allow(company, 2)
    scene = _lay_out(company)
    more = meet(company, learners=("Fay", "Gil"), teachers={}, studies=(TRIAL,))
    scene.learners |= more.learners
    _open(scene)
    return scene


AT_THE_LAST_PLACE = Group(
    _lay_out_last_place,
    {"booked": stays},
    {
        "zoe": Command(lambda s: _overbook(s, "tmk", "Zoe")),
        "fay": Command(lambda s: _overbook(s, "cc", "Fay")),
        "gil": Command(lambda s: _overbook(s, "parents-h5", "Gil")),
        "cancel": Command(_cancel),
        "to_tom": Command(_to_tom),
        "fewer": Command(lambda s: _allow(s.company, 1)),
        "not_on_sunday": Command(lambda s: _allow(s.company, 1, until=SUNDAY)),
    },
    Scene.outcome,
)
