"""What is under way between learners and teachers of the demo company."""

from collections.abc import Callable

import pytest

from tests.demo.conftest import Ground


@pytest.fixture(scope="module")
def demo(new_ground: Callable[[], Ground]) -> Ground:
    """Return a database with the demo company in it."""
    ground = new_ground()
    loaded = ground.yueke("demo")
    assert loaded.returncode == 0, loaded.stderr
    return ground


def test_trials_are_overbooked_and_teachers_held_for_them(demo: Ground) -> None:
    without = "SELECT count(*) FROM lesson WHERE teacher_id IS NULL AND state = 'booked'"
    assert demo.one(without) == 40
    assert demo.one("SELECT count(*) FROM overbook_step") == 14
    assert demo.one("SELECT count(*) FROM slot WHERE state = 'held'") >= 40


def test_teachers_are_asked_and_some_have_answered(demo: Ground) -> None:
    rows = demo.rows("SELECT state, count(*) FROM lesson_request GROUP BY 1 ORDER BY 1")
    assert rows == [("rejected", 2), ("waiting", 7), ("withdrawn", 1)]
    assert demo.one("SELECT count(*) FROM dedicated WHERE times <> '{}'") == 20


def test_dual_learners_have_contracts_of_which_one_was_declined(demo: Ground) -> None:
    rows = demo.rows("SELECT state, count(*) FROM contract GROUP BY 1 ORDER BY 1")
    assert rows == [("active", 3), ("declined", 1), ("proposed", 6)]
