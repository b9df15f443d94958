"""Bookings and searches are answered alike in whatever pieces and version of HTTP they come."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO
from urllib.parse import urlencode, urlsplit

import pytest

from tests.served import Caller, Desk, ahead, booking, id_of
from yueke.people import public_ids

# Status, headers by their names in lower case, and body.
Whole = tuple[int, dict[bytes, bytes], bytes]
TIMES = [ahead(hours=48), ahead(hours=49), ahead(hours=50)]


@pytest.fixture
def posts(company: Desk) -> list[tuple[str, bytes]]:
    """Return heads and bodies of bookings; the caller's key has been looked up just now."""
    learner, teacher = company.learner(credit=3), company.teacher(*TIMES)
    lp = company.caller("lp")
    bodies = [json.dumps(booking(learner, teacher, time)).encode() for time in TIMES]
    assert lp.post("/bookings", {}).status_code == 422
    return [(_head(lp, f"key-{number}"), body) for number, body in enumerate(bodies)]


def test_requests_sent_ahead_are_answered_in_their_order(
    posts: list[tuple[str, bytes]], served_url: str
) -> None:
    whole = b"".join(_post(head, body) for head, body in posts)
    with _connected(served_url) as (link, answers):
        link.sendall(whole)
        seats = [_answer(answers)[1]["starts_at"] for _ in posts]
    assert seats == sorted(seats)
    assert len(set(seats)) == len(posts)


def test_a_request_in_pieces(posts: list[tuple[str, bytes]], served_url: str) -> None:
    with _connected(served_url) as (link, answers):
        for head, body in posts:
            whole = _post(head, body)
            for piece in (whole[:7], whole[7:-9], whole[-9:]):
                link.sendall(piece)
            assert _answer(answers)[0] == 201


def test_a_body_of_unknown_length(posts: list[tuple[str, bytes]], served_url: str) -> None:
    head, body = posts[0]
    chunked = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
    with _connected(served_url) as (link, answers):
        link.sendall(f"{head}transfer-encoding: chunked\r\n\r\n".encode() + chunked)
        assert _answer(answers)[0] == 201


@pytest.mark.parametrize(("version", "more"), [("1.0", ""), ("1.1", "connection: close\r\n")])
def test_the_connection_ends_where_the_caller_says(
    posts: list[tuple[str, bytes]], served_url: str, version: str, more: str
) -> None:
    head, body = posts[0]
    with _connected(served_url) as (link, answers):
        link.sendall(_post(head.replace("HTTP/1.1", f"HTTP/{version}") + more, body))
        assert _answer(answers)[0] == 201
        assert answers.read() == b""


def test_a_caller_who_leaves_has_booked_all_the_same(
    posts: list[tuple[str, bytes]], served_url: str
) -> None:
    head, body = posts[0]
    with _connected(served_url) as (link, _):
        link.sendall(_post(head, body))
    with _connected(served_url) as (link, answers):
        link.sendall(_post(head, body))
        assert _answer(answers)[0] == 201


@pytest.fixture
def search(company: Desk) -> bytes:
    """Return the request line of a search that finds a time, and its caller's head."""
    learner = company.learner(credit=3)
    company.teacher(*TIMES[:1])
    lp = company.caller("lp")
    window = {"from": TIMES[0].isoformat(), "to": TIMES[2].isoformat()}
    query = {"learner": public_ids.show("lrn", learner.pk), "product": "major", **window}
    assert lp.get("/times", **query).status_code == 200
    head = f"host: yueke\r\nauthorization: Bearer {lp.secret}\r\n"
    return f"GET /api/v1/times?{urlencode(query)} HTTP/1.1\r\n{head}".encode()


@pytest.mark.parametrize(
    ("old", "new", "after"),
    [
        (b"", b"", b""),
        (b"HTTP/1.1", b"HTTP/1.0", b""),
        (b"host:", b"connection: close\r\nhost:", b""),
        (b"host:", b"content-length: 2\r\nhost:", b"{}"),
        (b"host:", b"transfer-encoding: chunked\r\nhost:", b"2\r\n{}\r\n0\r\n\r\n"),
        (b" HTTP", b"#part HTTP", b""),
        (b"?learner", b"?%6cearner", b""),
    ],
)
def test_a_search_however_it_is_written(
    search: bytes, served_url: str, old: bytes, new: bytes, after: bytes
) -> None:
    whole = search.replace(old, new, 1) + b"\r\n" + after
    with _connected(served_url) as (link, answers):
        for piece in (whole[:9], whole[9:-3], whole[-3:]):
            link.sendall(piece)
        status, found = _answer(answers)
        assert (status, len(found["times"])) == (200, 1)
        if b"close" in new or b"1.0" in new:
            assert answers.read() == b""


def test_searches_sent_ahead_are_answered_in_their_order(search: bytes, served_url: str) -> None:
    unknown = search.replace(b"product=major", b"product=minor")
    with _connected(served_url) as (link, answers):
        link.sendall(search + b"\r\n" + unknown + b"\r\n" + search + b"\r\n")
        assert [_answer(answers)[0] for _ in range(3)] == [200, 422, 200]


# What a search names beside the learner of a good one, and the status of its answer.
SEARCHES: list[tuple[str, dict[str, Any], int]] = [
    ("teachers", {}, 200),
    ("teachers", {"limit": 1}, 200),
    ("teachers", {"limit": 1, "cursor": "next"}, 200),
    ("teachers", {"cursor": "nowhere"}, 422),
    ("teachers", {"limit": 0}, 422),
    ("teachers", {"limit": [1, 2]}, 422),
    ("teachers", {"from": "tomorrow"}, 422),
    ("teachers", {"color": "red"}, 422),
    ("teachers", {"tag": "\0"}, 422),
    ("teachers", {"learner": "unknown"}, 404),
    ("teachers", {"learner": "abroad"}, 404),
    ("times", {}, 200),
    ("times", {"count_up_to": 2}, 200),
    ("times", {"count_up_to": "many"}, 422),
    ("times", {"product": "minor"}, 422),
    ("times", {"learner": "unknown"}, 404),
    ("times", {"learner": "abroad"}, 404),
]


@pytest.mark.parametrize(
    ("path", "asked", "status"), SEARCHES, ids=lambda one: str(one) if one != {} else "good"
)
def test_a_search_is_answered_alike_on_both_ways(
    company: Desk, other_company: Desk, served_url: str, path: str, asked: Any, status: int
) -> None:
    learner, lp = company.learner(), company.caller("lp")
    for _ in range(2):
        company.teacher(*TIMES)
    window = {"from": TIMES[0].isoformat(), "to": TIMES[2].isoformat()}
    query = {"learner": id_of(learner), "product": "major", **window}
    if asked.get("cursor") == "next":
        first = lp.get("/teachers", limit=1, **query).json()
        asked = {**asked, "cursor": first["next"]}
        # Another caller, whose key has not been looked up yet.
        lp = company.caller("lp")
    learners = {"unknown": "lrn_zzzzzzzzzzzzz", "abroad": id_of(other_company.learner())}
    query |= asked | {"learner": learners.get(asked.get("learner"), query["learner"])}
    request = _search_of(lp, path, query)
    by_asgi, by_express = _both(served_url, request, request)
    assert by_asgi == by_express
    assert by_asgi[0] == status


def test_a_search_too_many_is_refused_alike_on_both_ways(company: Desk, served_url: str) -> None:
    lp = company.caller("lp", requests_per_minute=1)
    window = {"from": TIMES[0].isoformat(), "to": TIMES[2].isoformat()}
    query = {"learner": id_of(company.learner()), "product": "major", **window}
    while lp.get("/times", **query).status_code == 200:
        pass
    request = _search_of(lp, "times", query)
    # What names a length is not plain.
    not_plain = request.replace(b"host:", b"content-length: 0\r\nhost:", 1)
    by_asgi, by_express = _both(served_url, not_plain, request)
    if by_asgi[1][b"retry-after"] != by_express[1][b"retry-after"]:
        # A second passed between the two.
        by_asgi, by_express = _both(served_url, not_plain, request)
    assert by_asgi == by_express
    assert by_asgi[0] == 429


def _search_of(caller: Caller, path: str, query: dict[str, Any]) -> bytes:
    head = f"host: yueke\r\nauthorization: Bearer {caller.secret}\r\n"
    return f"GET /api/v1/{path}?{urlencode(query, doseq=True)} HTTP/1.1\r\n{head}\r\n".encode()


def _both(url: str, by_asgi: bytes, plain: bytes) -> tuple[Whole, Whole]:
    """Return the whole answers to a request that takes the way of ASGI, and to a plain one."""
    with _connected(url) as (link, answers):
        link.sendall(by_asgi)
        slow = _whole(answers)
        link.sendall(plain)
        fast = _whole(answers)
    # uvicorn begins with headers of its own, the express way with those of the answer.
    assert next(iter(slow[1])) == b"date"
    assert next(iter(fast[1])) == b"content-type"
    return _undated(slow), _undated(fast)


def _whole(answers: BinaryIO) -> Whole:
    """Read an answer: status, headers in their order, and body."""
    status = int(answers.readline().split()[1])
    headers: dict[bytes, bytes] = {}
    while line := answers.readline().strip():
        name, _, value = line.partition(b":")
        assert name.lower() not in headers
        headers[name.lower()] = value.strip()
    return status, headers, answers.read(int(headers[b"content-length"]))


def _undated(whole: Whole) -> Whole:
    status, headers, body = whole
    return status, {name: value for name, value in headers.items() if name != b"date"}, body


def _head(caller: Caller, request_key: str) -> str:
    return (
        "POST /api/v1/bookings HTTP/1.1\r\nhost: yueke\r\n"
        f"authorization: Bearer {caller.secret}\r\nidempotency-key: {request_key}\r\n"
    )


def _post(head: str, body: bytes) -> bytes:
    return f"{head}content-length: {len(body)}\r\n\r\n".encode() + body


@contextmanager
def _connected(url: str) -> Iterator[tuple[socket.socket, BinaryIO]]:
    parts = urlsplit(url)
    with (
        socket.create_connection((parts.hostname or "", parts.port or 0), timeout=30) as link,
        link.makefile("rb") as answers,
    ):
        yield link, answers


def _answer(answers: BinaryIO) -> tuple[int, Any]:
    status = int(answers.readline().split()[1])
    length = 0
    while line := answers.readline().strip().lower():
        if line.startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    return status, json.loads(answers.read(length))
