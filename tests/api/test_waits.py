"""The stream that tells a page how a learner waits for a teacher."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from tests.served import Desk, done, id_of, soon
from tests.spec.supply.trials import may_overbook, overbooking
from tests.spec.upstreams.offering import add_product
from yueke.people import public_ids
from yueke.supply.matching import timers
from yueke.supply.matching.sealed import seal


@pytest.fixture
def seat(company: Desk) -> str:
    """Return the seat of a learner who has entered the room of a trial without a teacher."""
    add_product(company, "trial", {"credit": 0})
    may_overbook(company, ceiling=5)
    supply = company.caller("supply")
    opens = {"policy": "room_opens_minutes", "value": "60", "reason": ""}
    done(supply.post("/policies", opens))
    asked = overbooking(company.learner(studies=["trial"]), soon())
    seat = str(done(company.caller("cc").post("/overbookings", asked))["seat"])
    done(company.caller("classroom").post("/room-entries", {"seat": seat}))
    return seat


def told(lines: Iterator[str]) -> Iterator[dict[str, str]]:
    """Yield what a stream tells."""
    return (json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data: "))


@contextmanager
def listening(company: Desk, seat: str) -> Iterator[Iterator[dict[str, str]]]:
    """Listen to how a learner waits."""
    number = public_ids.read("st", seat)
    assert number is not None
    with company.http.stream("GET", f"/waits/{seal(seat_id=number)}") as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        yield told(response.iter_lines())


def test_the_stream_tells_of_waiting_and_ends_with_the_teacher(company: Desk, seat: str) -> None:
    with listening(company, seat) as heard:
        assert next(heard) == {"state": "waiting", "teacher": ""}
        company.teacher(soon(), name="Emma", skills=["trial:3"])
        timers.match_all(now=datetime.now(UTC))
        assert list(heard) == [{"state": "matched", "teacher": "Emma"}]


def test_the_stream_tells_of_a_teacher_chosen_by_hand_before_any_timer(
    company: Desk, seat: str
) -> None:
    with listening(company, seat) as heard:
        assert next(heard)["state"] == "waiting"
        emma = company.teacher(soon(), name="Emma", skills=["trial:3"])
        change = {"seat": seat, "teacher": id_of(emma)}
        done(company.caller("fireman").post("/teacher-changes", change))
        assert list(heard) == [{"state": "matched", "teacher": "Emma"}]


def test_only_a_sealed_seat_opens_it(company: Desk) -> None:
    assert company.http.get("/waits/1").status_code == 404
    assert company.http.get(f"/waits/{seal(seat_id=1)}x").status_code == 404
