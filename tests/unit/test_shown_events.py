"""What other systems are told names rows by public ids alone."""

from datetime import UTC, datetime
from typing import Any

import pytest

from yueke.feeds import shown
from yueke.notices.models import Event
from yueke.people import public_ids

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("data", "name", "prefix"),
    [
        ({"was_learner": 5}, "was_learner", "lrn"),
        ({"run": 5}, "run", "arn"),
        ({"contract": 5}, "contract", "ctr"),
        ({"request": 5}, "request", "lrq"),
        ({"batch": 5}, "batch", "cpb"),
        ({"campaign": 5}, "campaign", "cmp"),
        ({"unmatched_lesson": 5}, "unmatched_lesson", "lsn"),
        ({"target": "priority", "target_id": 5}, "target_id", "tch"),
        ({"target": "contract", "target_id": 5}, "target_id", "ctr"),
        ({"lost": "seat", "of": 5}, "of", "st"),
        ({"lost": "run", "of": 5}, "of", "arn"),
    ],
)
def test_a_fact_that_is_a_row_is_told_by_its_public_id(
    data: dict[str, Any], name: str, prefix: str
) -> None:
    row = Event(id=1, at=NOW, kind="x", channel="lp", actor_kind="job", actor_id=0, data=data)
    told = shown.event(row, {})["data"][name]
    assert str(told).startswith(f"{prefix}_")


def test_who_came_is_told_by_public_ids_and_how_many_came_as_a_number() -> None:
    shared: dict[str, Any] = {
        "id": 1,
        "at": NOW,
        "channel": "lp",
        "actor_kind": "job",
        "actor_id": 0,
    }
    lesson = Event(kind="lesson.finished", data={"came": [5]}, **shared)
    assert shown.event(lesson, {})["data"]["came"] == [public_ids.show("lrn", 5)]
    attended = Event(kind="class.attended", data={"came": 3, "absent": 1}, **shared)
    assert shown.event(attended, {})["data"] == {"came": 3, "absent": 1}
