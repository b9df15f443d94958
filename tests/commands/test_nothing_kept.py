"""What a call knew goes with it: refusals among its answers do not keep it alive."""

import gc
from collections.abc import Iterator

import pytest

from tests import asking, world
from tests.world import NOW, Company, half_hours_ahead
from yueke.booking.rules.facts import Facts
from yueke.inventory import commands as inventory

START = half_hours_ahead(count=100)


@pytest.fixture
def _no_sweeps() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def facts_alive() -> set[int]:
    """Return where that lies which calls knew, of those that nobody has thrown away."""
    return {id(one) for one in gc.get_objects() if type(one) is Facts}


@pytest.mark.usefixtures("_no_sweeps")
def test_the_facts_of_a_call_go_with_it_though_a_booking_was_refused(cn: Company) -> None:
    learner = world.add_learner(company=cn)
    teacher = world.add_teacher(company=cn, opens=[START])
    command = asking.to_book(learner=learner, teacher=teacher, starts_at=START)
    kept = facts_alive()
    answers = asking.book(
        actor=asking.parent_of(family=learner.family), commands=[command, command], now=NOW
    )
    assert asking.codes(answers) == ["done", "slot_already_taken"]
    assert facts_alive() - kept == set()


def test_a_refusal_that_is_an_answer_does_not_say_where_it_was_raised(cn: Company) -> None:
    lp = asking.staff_of(market_id=cn.market_id)
    teacher = world.add_teacher(company=cn)
    [cancelled] = asking.cancel(actor=lp, seats=[1], now=NOW)
    request = asking.request(actor=lp, now=NOW)
    [released] = inventory.release_slots(request, teacher_id=teacher.id, starts=[START]).results
    for refusal in (cancelled, released):
        assert isinstance(refusal, Exception)
        assert refusal.__traceback__ is None
