"""The stream that tells a page how a learner waits for a teacher."""

import json
from datetime import UTC, datetime

from tests.served import Desk, done, soon
from tests.spec.supply.trials import may_overbook, overbooking
from tests.spec.upstreams.offering import add_product
from yueke.people import public_ids
from yueke.supply.matching import timers
from yueke.supply.matching.sealed import seal


def test_the_stream_tells_of_waiting_and_ends_with_the_teacher(company: Desk) -> None:
    add_product(company, "trial", {"credit": 0})
    may_overbook(company, ceiling=5)
    supply = company.caller("supply")
    opens = {"policy": "room_opens_minutes", "value": "60", "reason": ""}
    done(supply.post("/policies", opens))
    start = soon()
    asked = overbooking(company.learner(studies=["trial"]), start)
    seat = done(company.caller("cc").post("/overbookings", asked))["seat"]
    done(company.caller("classroom").post("/room-entries", {"seat": seat}))
    number = public_ids.read("st", seat)
    assert number is not None
    with company.http.stream("GET", f"/waits/{seal(seat_id=number)}") as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        lines = response.iter_lines()
        first = next(line for line in lines if line.startswith("data: "))
        assert json.loads(first.removeprefix("data: ")) == {"state": "waiting", "teacher": ""}
        company.teacher(start, name="Emma", skills=["trial:3"])
        timers.match_all(now=datetime.now(UTC))
        last = [line for line in lines if line.startswith("data: ")][-1]
    assert json.loads(last.removeprefix("data: ")) == {"state": "matched", "teacher": "Emma"}


def test_only_a_sealed_seat_opens_it(company: Desk) -> None:
    assert company.http.get("/waits/1").status_code == 404
    assert company.http.get(f"/waits/{seal(seat_id=1)}x").status_code == 404
