"""Two families of one market, each with a teacher of its own: whatever one has, so has the other.

What both may see and use lies beside them: a teacher with free times, classes, a replay, trials.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from tests import asking, classroom, workplace
from tests import household as house
from tests.household import Household
from tests.pages import overbooked
from tests.pages.things import contract_of, wish_of
from tests.workplace import Workplace
from yueke.booking.classes import places, replays
from yueke.booking.models import Lesson, OverbookStep, Seat
from yueke.inventory.models import Slot
from yueke.kernel.grid import HALF_HOUR, floor
from yueke.people.models import Family, Learner, PolicyValue, Teacher, User
from yueke.portals import ids
from yueke.portals.family.addresses import stamp
from yueke.portals.stamps import show_stamp
from yueke.supply.dedicated import commands as dedicated
from yueke.supply.dedicated.commands import Choice
from yueke.wallet.coupons import commands as coupons
from yueke.wallet.coupons.codes import shown
from yueke.wallet.coupons.models import CouponCode
from yueke.wallet.models import Account

FREE_AT = house.evening(days=4)
RECORDING = "https://video.example/1"


@dataclass
class Side:
    """A family and its teacher, the ids of what they have, and the words that tell of them."""

    work: Workplace
    ids: dict[str, str]
    secrets: list[str]

    @property
    def child(self) -> Learner:
        """The family's child."""
        return self.work.learner

    def rows(self) -> list[list[Any]]:
        """Return what is theirs as it is now."""
        family, teacher = self.work.home.family, self.work.teacher
        found: list[QuerySet[Any]] = [
            User.objects.filter(pk__in=[self.work.home.user.pk, self.work.teacher_user.pk]),
            Family.objects.filter(pk=family.pk),
            Learner.objects.filter(family=family),
            Seat.objects.filter(learner_id=self.child.pk),
            Account.objects.filter(learner_id=self.child.pk),
            Teacher.objects.filter(pk=teacher.pk),
            Slot.objects.filter(teacher_id=teacher.pk),
        ]
        return [list(rows.order_by("pk").values()) for rows in found]


def two_sides() -> tuple[Side, Side]:
    """Return the two families; the second has seats in the classes, and has bought the replay."""
    market, products = house.open_market()
    homes = [
        house.add_household(market=market, products=products, username=f"{name}1", children=[name])
        for name in ("豆豆", "笑笑", "天天", "安安")
    ]
    mine, theirs = (
        Workplace(home, _teacher(home, name))
        for home, name in zip(homes[:2], ("Olga", "Pavel"), strict=True)
    )
    shared = _shared(mine, theirs, [home.child for home in homes[2:]])
    return _side(mine, shared), _side(theirs, shared)


def _teacher(home: Household, name: str) -> Teacher:
    teacher = house.add_teacher(market=home.market, name=name)
    teacher.user = User.objects.create(
        market=home.market, username=name, kind=User.Kind.TEACHER, language="en"
    )
    teacher.calendar_token = f"token-of-{name}"
    teacher.save()
    return teacher


def _shared(mine: Workplace, theirs: Workplace, others: list[Learner]) -> dict[str, str]:
    now = timezone.now()
    begun = floor(now)
    emma = house.add_teacher(market=mine.market, name="Emma", free=[FREE_AT])
    house.release(
        teacher=emma,
        starts=[begun + HALF_HOUR * count for count in range(3)],
        now=begun - HALF_HOUR,
    )
    _start_now_always(mine)
    trial = overbooked.sell_trials(work=mine)
    OverbookStep.objects.create(
        market_id=mine.market.pk,
        product_id=trial.pk,
        from_half_hour=0,
        ratio_percent=100,
        floor=0,
        ceiling=9,
    )
    lesson, full, waited = (
        classroom.published(workplace=mine, at=house.evening(days=days), capacity=capacity)
        for days, capacity in ((5, 4), (8, 2), (9, 2))
    )
    seats = [(lesson, theirs.learner), (full, theirs.learner), (full, others[0])]
    for taken, learner in (*seats, *((waited, other) for other in others)):
        classroom.seated(workplace=mine, lesson=taken, learner=learner)
    for work in (mine, theirs):
        family = asking.parent_of(family=work.home.family)
        said = asking.request(actor=family, now=now)
        asking.done(places.wait(said, learner_id=work.learner.pk, class_id=ids.read_class(waited)))
        own = Choice(work.learner.pk, "major", emma.pk)
        asking.done(dedicated.choose(asking.request(actor=family, now=now), choice=own))
    return {
        "teacher": ids.TEACHER.show(emma.pk),
        "at": stamp(FREE_AT),
        "trial_at": stamp(house.evening(days=2)),
        "now": show_stamp(begun),
        "lesson": lesson,
        "full": full,
        "waited": waited,
        "replay": _replay(theirs),
        "code": _code(mine),
    }


def _start_now_always(work: Workplace) -> None:
    """Let the running half-hour be taken to its end."""
    for number, (name, value) in enumerate(
        (("start_now_before_minutes", "0"), ("start_now_into_minutes", "30")), start=1
    ):
        PolicyValue.objects.create(
            id=number,
            market_id=work.market.pk,
            name=name,
            value=value,
            from_at=timezone.now() - HALF_HOUR,
        )


def _replay(theirs: Workplace) -> str:
    """Sell the replay of a class that is over to a family, and return the class."""
    curriculum = classroom.curriculum(workplace=theirs)
    lesson = classroom.published(workplace=theirs, at=house.evening(days=6))
    class_id = ids.read_class(lesson)
    Lesson.objects.filter(pk=class_id).update(starts_at=house.evening(days=-1))
    said = asking.request(actor=curriculum, now=timezone.now())
    asking.done(replays.offer(said, class_id=class_id, address=RECORDING, prices={"credit": 2}))
    family = asking.parent_of(family=theirs.home.family, channel="parents-pc")
    said = asking.request(actor=family, now=timezone.now())
    asking.done(replays.buy(said, learner_id=theirs.learner.pk, class_id=class_id, asset="credit"))
    return lesson


def _code(work: Workplace) -> str:
    """Make a coupon code."""
    now = timezone.now()
    made = coupons.create_batch(
        asking.request(
            actor=asking.staff_of(market_id=work.market.pk, channel="marketing"), now=now
        ),
        name_zh="券",
        name_en="Coupon",
        codes=1,
        valid_days=9,
        redeem_until=house.evening(days=9),
    )
    asking.done(made)
    return shown(CouponCode.objects.get().code)


def _side(work: Workplace, shared: dict[str, str]) -> Side:
    booked = workplace.book(workplace=work, at=house.evening(days=3))
    coupon = house.add_lot(child=work.learner, asset="coupon", days=30)
    credits = Account.objects.get(learner_id=work.learner.pk, asset="credit")
    own = {
        "learner": ids.LEARNER.show(work.learner.pk),
        "seat": ids.SEAT.show(booked.seat_id),
        "coupon": ids.LOT.show(coupon.pk),
        "credits": ids.LOT.show(credits.pk),
        "wish": ids.REQUEST.show(wish_of(work)),
        "contract": ids.CONTRACT.show(contract_of(work)),
    }
    family = work.home.family
    token = str(work.teacher.calendar_token)
    names = [work.learner.name, family.name, family.phone, work.teacher.name, token]
    return Side(work, {**shared, **own, "token": token}, [*names, *own.values()])
