"""Anything that callers may do, in any order, leaves the rooms as the plain model says."""

import copy
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import ClassVar

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests import asking
from tests.properties import model
from tests.properties.model import Booking, Model
from tests.properties.system import System, found_company
from tests.world import NOW, half_hours_ahead
from yueke.inventory import commands as inventory
from yueke.notices.once import Request
from yueke.notices.refusals import RequestKeyReused
from yueke.wallet import commands as wallet

# Two mornings side by side: one within the 24 hours before which leaving is free, one beyond.
CELLS = [half_hours_ahead(count=n) for n in (4, 5, 6, 60, 61, 62)]
starts = st.sampled_from(CELLS)
teachers = st.integers(0, 1)
learners = st.integers(0, 2)
families = st.sampled_from([None, None, 0, 2])
products = st.sampled_from(["major", "special", "level7"])
bookings = st.lists(
    st.builds(Booking, learners, teachers, starts, products), min_size=1, max_size=4
)
targets = st.one_of(
    st.tuples(st.just("student"), learners),
    st.tuples(st.just("product"), st.sampled_from(["major", "special"])),
)
hours = st.sampled_from([0.5, 0.5, 1, 1, 6, 24])
# Asks again under the same key, at a given moment, perhaps for something else.
Again = Callable[[datetime, bool], list[str]]


def opening_scene() -> tuple[System, Model]:
    """Return a company whose teachers have released all and whose learners own a few credits."""
    rooms, notes = found_company(code="cn"), Model(NOW, [0, 0, 2])
    for teacher in (0, 1):
        actor = asking.teacher_of(teacher=rooms.teachers[teacher])
        rooms.release(asking.request(actor=actor, now=NOW), teacher, CELLS)
        notes.release(teacher, CELLS)
    for learner, amount, expires_at in [(0, 2, None), (0, 2, CELLS[1]), (1, 5, None), (2, 3, None)]:
        request = asking.request(actor=rooms.office("marketing"), now=NOW)
        rooms.grant(request, learner, amount, expires_at)
        notes.grant(learner, amount, expires_at)
    notes.events = rooms.events()
    return rooms, notes


class Machine(RuleBasedStateMachine):
    """The system and the model side by side."""

    scene: ClassVar[tuple[System, Model]]

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        rooms, notes = self.scene
        self.rooms = replace(rooms, lots=list(rooms.lots), seats=[])
        self.model = copy.deepcopy(notes)
        self.asked: list[tuple[Again, list[str]]] = []

    def teardown(self) -> None:
        try:
            self.rooms.check_books()
        finally:
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)

    def once(
        self, channel: str, teacher: int | None, ask: Callable[[Request], list[str]]
    ) -> list[str]:
        """Ask under a new key, and keep the question to be asked again."""
        actor = self.rooms.office(channel)
        if teacher is not None:
            actor = asking.teacher_of(teacher=self.rooms.teachers[teacher])
        request = asking.request(actor=actor, now=self.model.now, body="asked")

        def again(now: datetime, changed: bool) -> list[str]:
            body = asking.hash_of("something else") if changed else request.body_hash
            try:
                return ask(replace(request, now=now, body_hash=body))
            except RequestKeyReused as refused:
                return [refused.code]

        codes = ask(request)
        self.asked.append((again, codes))
        return codes

    @rule(teacher=teachers, chosen=st.lists(starts, min_size=1, max_size=6))
    def release(self, teacher: int, chosen: list[datetime]) -> None:
        codes = self.once("teachers", teacher, lambda r: self.rooms.release(r, teacher, chosen))
        assert codes == self.model.release(teacher, chosen)

    @rule(teacher=teachers, start=starts)
    def withdraw(self, teacher: int, start: datetime) -> None:
        codes = self.once("teachers", teacher, lambda r: self.rooms.withdraw(r, teacher, start))
        assert codes == self.model.withdraw(teacher, start)

    @rule(teacher=teachers, start=starts, kept_for=targets | st.none(), lasts=hours | st.none())
    def target(
        self, teacher: int, start: datetime, kept_for: model.Target | None, lasts: float | None
    ) -> None:
        until = self.model.now + timedelta(hours=lasts) if lasts else None
        is_product = kept_for is not None and kept_for[0] == "product"
        codes = self.once(
            "international",
            None if is_product else teacher,
            lambda r: self.rooms.target(r, teacher, start, kept_for, until),
        )
        assert codes == self.model.target(teacher, start, kept_for, until)

    @precondition(lambda self: self.model.open())
    @rule(learner=learners, which=st.integers(0, 99), lasts=st.sampled_from([0.5, 1]))
    def reserve_what_is_open(self, learner: int, which: int, lasts: float) -> None:
        half_hours = self.model.open()
        self.target(*half_hours[which % len(half_hours)], ("student", learner), lasts)

    @rule(learner=learners, amount=st.integers(0, 4), lasts=hours | st.none())
    def grant(self, learner: int, amount: int, lasts: float | None) -> None:
        expires_at = self.model.now + timedelta(hours=lasts) if lasts else None
        codes = self.once(
            "marketing", None, lambda r: self.rooms.grant(r, learner, amount, expires_at)
        )
        assert codes == self.model.grant(learner, amount, expires_at)

    @rule(family=families, asked=bookings, all_or_none=st.booleans())
    def book(self, family: int | None, asked: list[Booking], all_or_none: bool) -> None:
        order = self.rooms.to_book(family, asked, all_or_none=all_or_none)

        def again(now: datetime, changed: bool) -> list[str]:
            body = asking.hash_of("something else") if changed else order.body_hash
            return self.rooms.book([replace(order, body_hash=body)], now)[0]

        codes = again(self.model.now, False)
        assert codes == self.model.book(family, asked, all_or_none)
        self.asked.append((again, codes))

    @precondition(lambda self: self.model.open())
    @rule(learner=learners, product=products, which=st.integers(0, 99))
    def book_what_is_open(self, learner: int, product: str, which: int) -> None:
        half_hours = self.model.open()
        teacher, start = half_hours[which % len(half_hours)]
        self.book(None, [Booking(learner, teacher, start, product)], False)

    @precondition(lambda self: any(seat.is_live for seat in self.model.seats))
    @rule(family=families, which=st.integers(0, 99))
    def cancel_what_is_live(self, family: int | None, which: int) -> None:
        live = [number for number, seat in enumerate(self.model.seats) if seat.is_live]
        self.cancel(family, [live[which % len(live)]], False)

    @precondition(lambda self: self.model.seats)
    @rule(
        family=families,
        chosen=st.lists(st.integers(0, 99), min_size=1, max_size=3),
        all_or_none=st.booleans(),
    )
    def cancel(self, family: int | None, chosen: list[int], all_or_none: bool) -> None:
        seats = [number % len(self.model.seats) for number in chosen]
        order = self.rooms.to_cancel(family, seats, all_or_none=all_or_none)

        def again(now: datetime, changed: bool) -> list[str]:
            body = asking.hash_of("something else") if changed else order.body_hash
            return self.rooms.cancel([replace(order, body_hash=body)], now)[0]

        codes = again(self.model.now, False)
        assert codes == self.model.cancel(family, seats, all_or_none)
        self.asked.append((again, codes))

    @precondition(lambda self: self.asked)
    @rule(which=st.integers(0, 999), changed=st.booleans())
    def ask_again(self, which: int, changed: bool) -> None:
        again, codes = self.asked[which % len(self.asked)]
        expected = ["request_key_reused"] if changed else codes
        assert again(self.model.now, changed) == expected

    @rule(passed=hours, timers_run=st.booleans())
    def time_passes(self, passed: float, timers_run: bool) -> None:
        self.model.now += timedelta(hours=passed)
        if timers_run:
            now = self.model.now
            assert inventory.expire_reservations(now=now) == self.model.expire_reservations()
            assert wallet.expire_lots(now=now) == self.model.expire_lots()

    @invariant()
    def both_say_the_same(self) -> None:
        slots = {key: (s.target, s.until, s.seat) for key, s in self.model.slots.items()}
        assert self.rooms.slots() == slots
        assert self.rooms.balances() == [lot.amount for lot in self.model.lots]
        assert self.rooms.busy() == self.model.busy()
        assert self.rooms.events() == self.model.events
        assert self.rooms.seat_rows() == [
            (s.learner, s.cells[0], s.is_live, sum(share for _, share in s.payments), s.refunded)
            for s in self.model.seats
        ]


@pytest.mark.django_db
def test_the_rooms_agree_with_the_model_whatever_is_done() -> None:
    machine = type("TwoSystems", (Machine,), {"scene": opening_scene()})
    run_state_machine_as_test(machine, settings=settings(max_examples=60, stateful_step_count=40))
