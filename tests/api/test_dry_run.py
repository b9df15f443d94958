"""Every write can be asked what it would do, and then does nothing."""

from functools import partial
from typing import Any

import pytest

from tests import asking, snapshot
from tests.api.test_keys import STARTS, Bench, all_writes
from tests.api.walking import Call
from tests.served import Caller, Desk, booking, done, refused, together


def test_every_write_says_what_it_would_do_and_does_nothing(bench: Bench) -> None:
    for operation in all_writes(bench):
        call, caller = bench.asks(operation), bench.caller(operation)
        before = snapshot.take(snapshot.every_table())
        told = _sent(call, caller, {"dry_run": "true"})
        assert told.status_code == 200, (operation.name, told.text)
        assert snapshot.changes(before) == {}, operation.name
        assert call.send(caller).status_code == 201, operation.name


def test_a_write_with_a_parameter_that_is_not_documented_is_refused(bench: Bench) -> None:
    for operation in all_writes(bench):
        call, caller = bench.asks(operation), bench.caller(operation)
        before = snapshot.take(snapshot.every_table())
        for params in ({"dryrun": "true"}, {"dry_run": "yes"}, {"dry_run": ""}):
            answer = _sent(call, caller, params)
            assert refused(answer) == (422, "body_invalid"), (operation.name, params)
        assert snapshot.changes(before) == {}, operation.name


@pytest.mark.parametrize("path", ["/bookings", "/cancellations"])
def test_a_hot_route_rehearses_too_among_those_that_do_not(company: Desk, path: str) -> None:
    learner, teacher = company.learner(credit=9), company.teacher(*STARTS[:8])
    lp = company.caller("lp")
    lessons: list[dict[str, Any]] = [booking(learner, teacher, start) for start in STARTS[:8]]
    bodies = lessons
    if path == "/cancellations":
        bodies = [{"seat": done(lp.post("/bookings", lesson))["seat"]} for lesson in lessons]
    answers = together(
        *(
            partial(_posted, lp, path + ("?dry_run=true" if number % 2 else ""), body)
            for number, body in enumerate(bodies)
        )
    )
    assert [answer.status_code for answer in answers] == [201, 200] * 4
    again = [lp.post(path, body).status_code for body in bodies]
    assert again == [409, 201] * 4


def _posted(caller: Caller, path: str, body: dict[str, Any]) -> Any:
    return caller.post(path, body)


def _sent(call: Call, caller: Caller, params: dict[str, str]) -> Any:
    headers = {**caller.authorization, "Idempotency-Key": asking.new_key()}
    return caller.http.request(
        call.method, call.path, params={**call.params, **params}, headers=headers, json=call.body
    )
