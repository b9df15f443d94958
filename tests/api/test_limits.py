"""A key has so many requests a minute, and a body so many bytes; no more is taken."""

import time
from collections.abc import Callable, Iterator

import httpx
import pytest

from tests import asking, snapshot
from tests.api import walking
from tests.served import Caller, Desk, ahead, booking, done, id_of, refused
from yueke.api.reading import BODY_BYTES_MAX

TEN_MEGABYTES = 10 * 1024 * 1024
Ask = Callable[[], httpx.Response]


def used_up(ask: Ask) -> httpx.Response:
    """Ask until the key has no requests left, and return the first refusal."""
    for _ in range(60):
        answer = ask()
        if answer.status_code == 429:
            return answer
    raise AssertionError("never refused")


# One route answered by Django, and one that is hot.
@pytest.mark.parametrize("path", ["/products", "/teachers"])
def test_a_key_that_asks_too_often_is_told_when_to_come_back(company: Desk, path: str) -> None:
    lp, other = (company.caller("lp", requests_per_minute=30) for _ in range(2))
    answers = [lp.get(path) for _ in range(10)]
    assert {answer.status_code for answer in answers} <= {200, 422}
    answer = used_up(lambda: lp.get(path))
    assert refused(answer) == (429, "rate_exceeded")
    seconds = int(answer.headers["retry-after"])
    assert answer.json()["retry_after_seconds"] == seconds
    assert 1 <= seconds <= 2
    assert other.get(path).status_code in {200, 422}
    time.sleep(seconds)
    assert lp.get(path).status_code in {200, 422}


def test_one_count_is_kept_for_hot_routes_and_all_others(company: Desk) -> None:
    lp = company.caller("lp", requests_per_minute=6)
    used_up(lambda: lp.get("/teachers"))
    for operation in walking.operations(company.http):
        answer = operation.fill({}).send(lp)
        assert refused(answer) == (429, "rate_exceeded"), operation.name
        assert 1 <= int(answer.headers["retry-after"]) <= 10


def test_a_write_refused_for_now_is_done_later_under_the_same_key(company: Desk) -> None:
    start = ahead(hours=48)
    emma, learner = company.teacher(start), company.learner(credit=1)
    lp, key = company.caller("lp", requests_per_minute=60), asking.new_key()
    used_up(lambda: lp.get("/products"))
    before = snapshot.take()
    answer = lp.post("/bookings", booking(learner, emma, start), key=key)
    assert refused(answer) == (429, "rate_exceeded")
    assert snapshot.changes(before) == {}
    time.sleep(int(answer.headers["retry-after"]))
    done(lp.post("/bookings", booking(learner, emma, start), key=key))


def sent(lp: Caller, path: str, body: bytes | Iterator[bytes]) -> httpx.Response:
    """Send a body as it is, whole or in pieces whose number is not said beforehand."""
    headers = {
        **lp.authorization,
        "Idempotency-Key": asking.new_key(),
        "Content-Type": "application/json",
    }
    return lp.http.post(path, content=body, headers=headers)


def pieces(body: bytes) -> Iterator[bytes]:
    """Return a body in pieces of 64 KB."""
    for begin in range(0, len(body), 65_536):
        yield body[begin : begin + 65_536]


def test_a_body_of_ten_megabytes_is_not_taken_anywhere(company: Desk) -> None:
    lp = company.caller("lp")
    before = snapshot.take()
    for operation in walking.writes(company.http):
        for body in (b'"' + b"x" * TEN_MEGABYTES + b'"', b"[" * TEN_MEGABYTES):
            answer = sent(lp, operation.path, body)
            assert refused(answer) == (413, "body_too_large"), operation.name
            assert answer.json()["limit_bytes"] == BODY_BYTES_MAX
            answer = sent(lp, operation.path, pieces(body))
            assert refused(answer) == (413, "body_too_large"), operation.name
    assert snapshot.changes(before) == {}
    assert lp.get("/products").status_code == 200


def test_a_body_in_pieces_is_read_whole(company: Desk) -> None:
    learner = id_of(company.learner())
    body = b'{"learner": "%s", "asset": "credit", "amount": 2}' % learner.encode()
    answer = sent(company.caller("marketing"), "/api/v1/grants", iter([body[:9], body[9:]]))
    assert done(answer)["balance"] == 2


def test_a_body_at_the_limit_is_read(company: Desk) -> None:
    lp = company.caller("lp")
    for operation in walking.writes(company.http):
        body = b"{}".ljust(BODY_BYTES_MAX)
        assert refused(sent(lp, operation.path, body)) == (422, "body_invalid"), operation.name
        answer = sent(lp, operation.path, body + b" ")
        assert refused(answer) == (413, "body_too_large"), operation.name
