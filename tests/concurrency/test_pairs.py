"""Two commands on one lesson at once: the outcome is that of one order or the other."""

import pytest

from tests.concurrency.in_order import come_out_in_one_order, pairs
from tests.concurrency.lasting import Stage, stage, transactional_db
from tests.concurrency.lesson_commands import ON_ONE_LESSON

__all__ = ["stage", "transactional_db"]


@pytest.mark.parametrize(("state", "one", "other"), pairs(ON_ONE_LESSON))
def test_two_commands_on_one_lesson_come_out_as_one_after_the_other(
    stage: Stage, state: str, one: str, other: str
) -> None:
    come_out_in_one_order(stage, ON_ONE_LESSON, state, (one, other))
