"""Two commands on one open class at once: the outcome is that of one order or the other."""

import pytest

from tests.concurrency.class_commands import ON_ONE_CLASS
from tests.concurrency.in_order import come_out_in_one_order, pairs
from tests.concurrency.lasting import Stage, stage, transactional_db

__all__ = ["stage", "transactional_db"]


@pytest.mark.parametrize(("state", "one", "other"), pairs(ON_ONE_CLASS))
def test_two_commands_on_one_class_come_out_as_one_after_the_other(
    stage: Stage, state: str, one: str, other: str
) -> None:
    come_out_in_one_order(stage, ON_ONE_CLASS, state, (one, other))
