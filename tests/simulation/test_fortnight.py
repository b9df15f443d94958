"""A fortnight by seed: whatever comes late, twice or never, every learner is accounted for."""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from random import Random

import pytest

from tests.served import transactional_db
from tests.simulation import lessons, standing
from tests.simulation.cast import DAYS, assemble, evening, midnight
from tests.simulation.classroom import Classroom
from tests.simulation.drawing import Drawing
from tests.simulation.hand import Hand
from tests.simulation.tally import what_is_wrong
from tests.world import NOW
from yueke.booking import commands as booking
from yueke.booking.models import Lesson
from yueke.cli.verify import laws
from yueke.inventory import commands as inventory
from yueke.supply.autobooking import weekly
from yueke.supply.contracts import extend
from yueke.supply.dedicated import weekly as dedicated
from yueke.supply.matching import timers
from yueke.supply.matching.models import Wait
from yueke.supply.overbooking import holds
from yueke.supply.requests import commands as requests

__all__ = ["transactional_db"]

SEEDS = range(int(os.environ.get("YUEKE_SIMULATION_SEEDS", "2")))
DEEDS: list[tuple[Callable[[Drawing], None], int]] = [
    (lessons.overbook, 8),
    (lessons.book, 4),
    (lessons.cancel, 3),
    (lessons.call_off_one, 1),
    (lessons.withdraw, 2),
    (lessons.release, 1),
    (lessons.rematch, 2),
    (standing.ask, 3),
    (standing.answer, 3),
    (standing.propose_pair, 1),
    (standing.answer_contract, 1),
    (standing.choose, 1),
    (standing.book_own, 1),
    (standing.store_rule, 1),
    (standing.catch_up, 1),
]
# Half-past eight, ten past noon, and three in the afternoon by the company's clock.
OFFICE_HOURS = (0.5, 4 + 1 / 6, 7)
DEEDS_AT_THE_OFFICE, DEEDS_IN_THE_EVENING = 12, 1


class Fortnight:
    """The company and the world around it, moved on step by step."""

    def __init__(self, seed: int) -> None:
        self.hand = Hand(Random(seed), NOW)
        self.draw = Drawing(assemble(), self.hand)
        self.classroom = Classroom(self.draw.cast, self.hand)

    def live_through(self) -> None:
        """Let all days pass, then an hour more in which nobody does anything."""
        for day in range(DAYS):
            for hours in OFFICE_HOURS:
                self.office(midnight(day) + timedelta(hours=hours))
            for starts_at in evening(day):
                self.half_hour(starts_at)
        for minutes in (30, 60):
            self.to(midnight(DAYS) + timedelta(minutes=minutes))
            self.classroom.deliver()
            self.timers()
            self.slow_timers()

    def to(self, now: datetime) -> None:
        """Let time pass, never back."""
        self.hand.now = max(self.hand.now, now)

    def office(self, now: datetime) -> None:
        """People do what they do by day, between the runs."""
        if now < NOW:
            return
        self.to(now)
        self.slow_timers()
        self.do_some(DEEDS_AT_THE_OFFICE)
        self.timers()

    def half_hour(self, starts_at: datetime) -> None:
        """A half-hour of lessons, from its holds to its end."""
        self.to(starts_at - timedelta(minutes=10))
        self.classroom.bell(starts_at)
        for minutes in (-2, 0, 4, 11, 18):
            self.to(starts_at + timedelta(minutes=minutes))
            if minutes == -2:
                self.hand.timer(lambda: holds.occupy_all(now=self.hand.now))
            self.classroom.deliver()
            self.do_some(DEEDS_IN_THE_EVENING)
            self.timers()
        lessons.finish(self.draw, starts_at)

    def do_some(self, count: int) -> None:
        """Do some deeds, drawn by lot."""
        deeds, weights = zip(*DEEDS, strict=True)
        for deed in self.hand.rng.choices(deeds, weights, k=count):
            deed(self.draw)

    def timers(self) -> None:
        """Run what runs every few seconds."""
        now = self.hand.now
        for work in (
            requests.expire,
            extend.expire,
            inventory.expire_reservations,
            booking.finish_vacant,
            timers.match_all,
            timers.look_after,
        ):
            self.hand.timer(partial(work, now=now))

    def slow_timers(self) -> None:
        """Run what runs once a minute."""
        now = self.hand.now
        self.hand.timer(lambda: extend.extend_all(now=now))
        self.hand.timer(lambda: dedicated.run_due(now=lambda: now))
        self.hand.timer(lambda: weekly.run_due(now=lambda: now))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_fortnight_leaves_every_learner_accounted_for(transactional_db: None, seed: int) -> None:
    fortnight = Fortnight(seed)
    fortnight.live_through()
    now = fortnight.hand.now
    assert not [found for found in laws.check(now=now) if found.broken]
    draw, classroom = fortnight.draw, fortnight.classroom
    assert what_is_wrong(draw.cast, classroom, draw.told, now) == []
    # It was a fortnight of some variety.
    assert {*Wait.objects.values_list("state", flat=True)} >= {"matched", "given_up"}
    assert {*Lesson.objects.values_list("state", flat=True)} >= {"finished", "cancelled"}
    assert fortnight.hand.deaths > 50
