"""Two commands of supply on one thing at once: the outcome is that of one order or the other."""

import pytest

from tests.concurrency.contract_commands import ON_ONE_CONTRACT
from tests.concurrency.in_order import come_out_in_one_order, pairs
from tests.concurrency.lasting import Stage, stage, transactional_db
from tests.concurrency.own_commands import ON_ONE_LOST_LESSON, ON_OWN_TIME
from tests.concurrency.request_commands import ON_ONE_REQUEST
from tests.concurrency.run_commands import ON_ONE_RUN
from tests.concurrency.wait_commands import AT_THE_DOOR, AT_THE_LAST_PLACE

__all__ = ["stage", "transactional_db"]


@pytest.mark.parametrize(("state", "one", "other"), pairs(ON_ONE_REQUEST))
def test_two_on_one_lesson_request(stage: Stage, state: str, one: str, other: str) -> None:
    come_out_in_one_order(stage, ON_ONE_REQUEST, state, (one, other))


@pytest.mark.parametrize(("state", "one", "other"), pairs(ON_ONE_CONTRACT))
def test_two_on_one_contract(stage: Stage, state: str, one: str, other: str) -> None:
    come_out_in_one_order(stage, ON_ONE_CONTRACT, state, (one, other))


@pytest.mark.parametrize(("state", "one", "other"), pairs(AT_THE_DOOR))
def test_two_on_one_who_waits_at_the_door(stage: Stage, state: str, one: str, other: str) -> None:
    come_out_in_one_order(stage, AT_THE_DOOR, state, (one, other))


@pytest.mark.parametrize(("state", "one", "other"), pairs(AT_THE_LAST_PLACE))
def test_two_on_the_last_place_without_a_teacher(
    stage: Stage, state: str, one: str, other: str
) -> None:
    come_out_in_one_order(stage, AT_THE_LAST_PLACE, state, (one, other))


@pytest.mark.parametrize(("state", "one", "other"), pairs(ON_OWN_TIME))
def test_two_on_time_of_a_learners_own_teacher(
    stage: Stage, state: str, one: str, other: str
) -> None:
    come_out_in_one_order(stage, ON_OWN_TIME, state, (one, other))


@pytest.mark.parametrize(("state", "one", "other"), pairs(ON_ONE_LOST_LESSON))
def test_two_on_one_lost_lesson(stage: Stage, state: str, one: str, other: str) -> None:
    come_out_in_one_order(stage, ON_ONE_LOST_LESSON, state, (one, other))


@pytest.mark.parametrize(("state", "one", "other"), pairs(ON_ONE_RUN))
def test_two_on_one_run_of_auto_booking(stage: Stage, state: str, one: str, other: str) -> None:
    come_out_in_one_order(stage, ON_ONE_RUN, state, (one, other))
