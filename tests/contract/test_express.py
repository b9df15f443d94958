"""Bookings and searches are answered alike in whatever pieces and version of HTTP they come."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO
from urllib.parse import urlencode, urlsplit

import pytest

from tests.served import Caller, Desk, ahead, booking
from yueke.people import public_ids

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
