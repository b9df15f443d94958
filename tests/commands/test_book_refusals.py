"""Every way a booking is refused leaves nothing behind but the answer under its key."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests import asking, snapshot, world
from tests.world import NOW, Company, half_hours_ahead
from yueke.booking.orders import BookLesson
from yueke.inventory.orders import Target
from yueke.kernel.actor import Actor
from yueke.kernel.grid import HALF_HOUR
from yueke.people.models import Learner, Teacher

START = half_hours_ahead(count=100)
NEXT = START + HALF_HOUR


class Scene:
    """A learner, a teacher with an open half-hour, and the command that would book it."""

    def __init__(self, company: Company) -> None:
        self.company = company
        self.learner: Learner = world.add_learner(company=company)
        self.teacher: Teacher = world.add_teacher(company=company, opens=[START])
        self.actor: Actor = asking.parent_of(family=self.learner.family)
        self.command: BookLesson = asking.to_book(
            learner=self.learner, teacher=self.teacher, starts_at=START
        )

    def ask(self, **changes: Any) -> None:
        """Ask for something else."""
        self.command = replace(self.command, **changes)

    def pc_coupon(self) -> None:
        """Pay with a coupon on the PC site."""
        self.actor = replace(self.actor, channel="parents-pc")
        self.ask(asset="coupon")

    def by(self, **changes: Any) -> None:
        """Let somebody else ask."""
        self.actor = replace(self.actor, **changes)

    def keep_for(self, kind: str, id_: int) -> None:
        """Ask for a half-hour that is kept for somebody."""
        world.open_slots(
            company=self.company, teacher=self.teacher, starts=[NEXT], target=Target(kind, id_)
        )
        self.ask(starts_at=NEXT)

    def taken(self) -> None:
        """Let somebody else be first."""
        other = world.add_learner(company=self.company)
        command = asking.to_book(learner=other, teacher=self.teacher, starts_at=START)
        asking.book_one(actor=asking.parent_of(family=other.family), command=command, now=NOW)

    def busy(self) -> None:
        """Let the learner be with another teacher at that time."""
        other = world.add_teacher(company=self.company, opens=[START])
        command = asking.to_book(learner=self.learner, teacher=other, starts_at=START)
        asking.book_one(actor=self.actor, command=command, now=NOW)

    def reserved_and_over(self) -> None:
        """Ask for a half-hour whose reservation is over, though its row is still there."""
        world.open_slots(
            company=self.company,
            teacher=self.teacher,
            starts=[NEXT],
            target=Target("student", self.learner.id),
            reserved_until=NOW,
            now=NOW - timedelta(hours=1),
        )
        self.ask(starts_at=NEXT)

    def poor(self) -> None:
        """Let the learner own nothing."""
        poor = world.add_learner(company=self.company, family=self.learner.family, credit=0)
        self.ask(learner_id=poor.id)

    def beginner(self) -> None:
        """Let the learner not have begun the product."""
        one = world.add_learner(company=self.company, family=self.learner.family, studies=[])
        self.ask(learner_id=one.id)

    def too_high(self) -> None:
        """Let the learner stand at a level the teacher does not teach."""
        one = world.add_learner(company=self.company, family=self.learner.family, level=4)
        self.ask(learner_id=one.id)

    def coupon(self, **lot: Any) -> None:
        """Pay with a coupon that does not fit."""
        coupon = world.add_lot(
            company=self.company, learner=self.learner, asset="coupon", amount=1, **lot
        )
        self.ask(asset="coupon", lot_id=coupon.id)

    def coupon_of_another(self) -> None:
        """Pay with somebody else's coupon."""
        other = world.add_learner(company=self.company)
        coupon = world.add_lot(company=self.company, learner=other, asset="coupon", amount=1)
        self.ask(asset="coupon", lot_id=coupon.id)


CASES: dict[str, list[Callable[[Scene], None]]] = {
    "product_unknown": [lambda s: s.ask(product="chess")],
    "channel_may_not": [
        lambda s: s.by(channel="cc"),
        Scene.pc_coupon,
        lambda s: s.ask(asset="gold"),
    ],
    "learner_not_found": [
        lambda s: s.by(family_id=world.add_family(company=s.company).id),
        lambda s: s.by(family_id=None, teacher_id=s.teacher.id),
        lambda s: s.ask(learner_id=10_000_000),
    ],
    "time_off_grid": [lambda s: s.ask(starts_at=START + timedelta(minutes=1))],
    "time_in_past": [lambda s: s.ask(starts_at=NOW)],
    "course_not_open": [Scene.beginner],
    "slot_not_open": [
        lambda s: s.ask(starts_at=NEXT),
        lambda s: s.ask(teacher_id=10_000_000),
        lambda s: s.ask(product="level7"),
        lambda s: world.hold_slot(teacher=s.teacher, starts_at=START),
        Scene.reserved_and_over,
    ],
    "slot_already_taken": [Scene.taken],
    "slot_targeted": [
        lambda s: s.keep_for("student", world.add_learner(company=s.company).id),
        lambda s: s.keep_for("product", s.company.products["special"].id),
    ],
    "teacher_does_not_teach": [Scene.too_high],
    "learner_busy": [Scene.busy],
    "asset_not_accepted": [lambda s: s.ask(asset="stone", product="special")],
    "balance_too_low": [Scene.poor, lambda s: s.ask(asset="stone")],
    "lot_not_found": [Scene.coupon_of_another, lambda s: s.ask(lot_id=10_000_000)],
    "lot_expired": [lambda s: s.coupon(expires_in=timedelta(0), now=NOW - timedelta(days=1))],
    "lot_for_another_product": [lambda s: s.coupon(product="special")],
}


@pytest.mark.parametrize(
    ("code", "arrange"), [(code, case) for code, cases in CASES.items() for case in cases]
)
def test_a_refusal_changes_nothing(
    cn: Company, code: str, arrange: Callable[[Scene], None]
) -> None:
    scene = Scene(cn)
    arrange(scene)
    before = snapshot.take()
    results = asking.book(actor=scene.actor, commands=[scene.command], now=NOW)
    assert asking.codes(results) == [code]
    assert snapshot.changes(before) == {"request_key": (1, 0)}


def test_a_list_of_all_or_none_with_one_refusal_books_nothing(cn: Company) -> None:
    scene = Scene(cn)
    commands = [scene.command, replace(scene.command, starts_at=NEXT)]
    before = snapshot.take()
    results = asking.book(actor=scene.actor, commands=commands, now=NOW, all_or_none=True)
    assert asking.codes(results) == ["list_refused", "slot_not_open"]
    assert snapshot.changes(before) == {"request_key": (1, 0)}


def test_the_same_list_without_all_or_none_books_what_it_can(cn: Company) -> None:
    scene = Scene(cn)
    commands = [replace(scene.command, starts_at=NEXT), scene.command, scene.command]
    results = asking.book(actor=scene.actor, commands=commands, now=NOW)
    assert asking.codes(results) == ["slot_not_open", "done", "slot_already_taken"]


def test_an_order_of_all_or_none_does_not_carry_off_the_order_beside_it(cn: Company) -> None:
    scene = Scene(cn)
    fails = asking.order_of(
        actor=scene.actor,
        commands=[scene.command, replace(scene.command, starts_at=NEXT)],
        all_or_none=True,
    )
    single = asking.order_of(actor=scene.actor, commands=[scene.command])
    answers = asking.book_orders(orders=[fails, single], now=NOW)
    outcomes = [asking.codes_of(answer) for answer in answers]
    assert outcomes == [["list_refused", "slot_not_open"], ["done"]]
