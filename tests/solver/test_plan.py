"""The planner against exact answers, on thousands of small random weeks."""

import numpy as np
import pytest

from tests.solver import instances
from tests.solver.instances import Shape
from yueke.supply.autobooking.solver import compiled, flow_loops
from yueke.supply.autobooking.solver.plan import make_plan
from yueke.supply.autobooking.solver.problem import Offers, Wants

SMALL = Shape()
WIDER = Shape(wants=40, teachers=12, cells=14, classes=4)
KEPT = Shape(wants=15, teachers=8, cells=10, kept=0.3)
TIERS = Shape(wants=20, teachers=4, cells=6, tiers=3)
MANY = range(500)


@pytest.mark.parametrize(
    "shape", [SMALL, WIDER, KEPT, TIERS], ids=["small", "wide", "kept", "tiers"]
)
def test_no_plan_could_have_more_lessons_and_each_can_be_carried_out(shape: Shape) -> None:
    for seed in MANY:
        wants, offers = instances.make(seed=seed, shape=shape)
        plan = make_plan(wants, offers)
        instances.check(wants, offers, plan)
        most, _ = instances.best(wants, offers)
        assert len(plan.want) == most, seed


def test_no_learner_of_a_higher_tier_goes_short_for_one_below() -> None:
    for seed in MANY:
        wants, offers = instances.make(seed=seed, shape=TIERS)
        served = wants.tier[make_plan(wants, offers).want]
        for tier in range(TIERS.tiers):
            most, _ = instances.best(wants, offers, served=tier)
            assert int((served >= tier).sum()) == most, (seed, tier)


def test_everyone_has_one_lesson_before_anyone_has_two() -> None:
    for seed in MANY:
        wants, offers = instances.make(seed=seed, shape=SMALL)
        served = len(np.unique(make_plan(wants, offers).want))
        ones = Wants(**{**vars(wants), "lessons": np.minimum(wants.lessons, 1)})
        assert served == instances.best(ones, offers)[0], seed


def test_liked_teachers_are_had_nearly_as_often_as_can_be() -> None:
    had = most = 0
    for seed in MANY:
        wants, offers = instances.make(seed=seed, shape=WIDER)
        plan = make_plan(wants, offers)
        # Of all plans in which everyone has as many lessons as in this one.
        given = np.bincount(plan.want, minlength=wants.count).astype(np.int32)
        _, liked = instances.best(Wants(**{**vars(wants), "lessons": given}), offers)
        had, most = had + instances.liked_count(plan), most + liked
    assert had >= 0.95 * most, (had, most)


def test_where_there_is_enough_for_all_each_has_the_teacher_and_the_time_liked_most() -> None:
    wants, offers = roomy()
    plan = make_plan(wants, offers)
    assert len(plan.want) == wants.count
    assert (plan.rank == 0).all()
    assert (plan.place == 0).all()


@pytest.mark.parametrize("shape", [WIDER, KEPT, TIERS], ids=["wide", "kept", "tiers"])
def test_compiled_it_plans_the_same(shape: Shape, monkeypatch: pytest.MonkeyPatch) -> None:
    weeks = [instances.make(seed=seed, shape=shape) for seed in range(60)]
    plain = [make_plan(*week) for week in weeks]
    monkeypatch.setattr(compiled, "FEW", 0)
    assert compiled.loops_for(flow_loops, size=1) is not flow_loops
    for week, before in zip(weeks, plain, strict=True):
        after = make_plan(*week)
        for name, column in vars(before).items():
            assert np.array_equal(column, getattr(after, name)), name


def roomy() -> tuple[Wants, Offers]:
    """Return a week in which every learner's own teacher is free at each of their times."""
    count, times = 5, 3
    numbers = np.arange(count, dtype=np.int32)
    wants = Wants(
        lessons=np.ones(count, np.int32),
        klass=np.zeros(count, np.int32),
        a_day=np.ones(count, np.int32),
        tier=np.zeros(count, np.int32),
        first=np.arange(count + 1, dtype=np.int32) * times,
        cells=np.tile(np.array([2, 0, 1], np.int32), count),
        days=np.zeros(count * times, np.int32),
        liked_first=np.arange(count + 1, dtype=np.int32),
        liked=numbers,
    )
    offers = Offers(
        teacher=np.repeat(numbers, times),
        cell=np.tile(np.arange(times, dtype=np.int32), count),
        profile=np.zeros(count * times, np.int32),
        kept_for=np.full(count * times, -1, np.int32),
        order=np.zeros(count * times, np.int32),
        teaches=np.ones((1, 1), np.bool_),
        cells=times,
    )
    return wants, offers
