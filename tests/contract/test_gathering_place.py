"""Two web processes of one machine: one carries out the orders of both, and either may go."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from a2wsgi import WSGIMiddleware

from tests.cli.started import wait_for
from tests.served import Desk, ahead, booking, django_behind_wsgi, serving
from yueke.api import web_folder
from yueke.api.hot.routes import SEARCHES_AT_ONCE, THREADS, WRITERS, HotRoutes
from yueke.config.asgi import WSGI_THREADS
from yueke.config.routing import application_of

TIMES = [ahead(hours=48 + number / 2) for number in range(24)]


class Family:
    """Two applications that share a folder, the one that gathers first."""

    def __init__(self) -> None:
        self.stack = ExitStack()
        self.first, self.first_url = self._serve(self.stack)
        # Whoever came first has the lock by the time it serves.
        self.second_stack = ExitStack()
        self.second, self.second_url = self._serve(self.second_stack)
        wait_for(lambda: self.second.place.passes_on, what="a process that follows")

    def _serve(self, stack: ExitStack) -> tuple[HotRoutes, str]:
        hot, django = HotRoutes(), django_behind_wsgi()
        pools = {
            hot.threads: THREADS,
            hot.writers: WRITERS,
            hot.searchers: SEARCHES_AT_ONCE,
            _pool(django): WSGI_THREADS,
        }
        return hot, stack.enter_context(serving(application_of(hot=hot, django=django), pools))


def _pool(django: WSGIMiddleware) -> ThreadPoolExecutor:
    pool: ThreadPoolExecutor = django.executor
    return pool


@pytest.fixture
def family(company: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Family]:
    """Return two applications as two processes of `yueke web` serve them."""
    monkeypatch.setenv(web_folder.VARIABLE, str(tmp_path))
    made = Family()
    with made.second_stack, made.stack:
        yield made


def test_an_order_passed_on_is_answered_as_any_other(company: Desk, family: Family) -> None:
    learner, teacher = company.learner(credit=2), company.teacher(*TIMES)
    lp = company.caller("lp")
    body = booking(learner, teacher, TIMES[0])
    headers = {**lp.authorization, "Idempotency-Key": "once"}
    answers = [
        httpx.post(f"{url}/api/v1/bookings", json=body, headers=headers)
        for url in (family.second_url, family.first_url, family.second_url)
    ]
    assert [answer.status_code for answer in answers] == [201] * 3
    assert answers[0].json() == answers[1].json() == answers[2].json()
    again = {**headers, "Idempotency-Key": "twice"}
    refused = httpx.post(f"{family.second_url}/api/v1/bookings", json=body, headers=again)
    assert refused.json()["code"] == "slot_already_taken"
    seat = {"seat": answers[0].json()["seat"]}
    cancelled = httpx.post(
        f"{family.second_url}/api/v1/cancellations", json=seat, headers={**headers, **_KEY}
    )
    assert cancelled.json()["refunded"] == {"asset": "credit", "amount": 1}


def test_when_the_one_that_gathers_goes_every_order_has_its_effect_once(
    company: Desk, family: Family
) -> None:
    learner, teacher = company.learner(credit=len(TIMES)), company.teacher(*TIMES)
    lp = company.caller("lp")
    begun = threading.Barrier(2)

    def book_all() -> list[int]:
        begun.wait()
        with httpx.Client(base_url=f"{family.second_url}/api/v1", timeout=60) as http:
            return [
                http.post(
                    "/bookings",
                    json=booking(learner, teacher, start),
                    headers={**lp.authorization, "Idempotency-Key": str(start)},
                ).status_code
                for start in TIMES
            ]

    with ThreadPoolExecutor(1) as threads:
        booked = threads.submit(book_all)
        begun.wait()
        family.stack.close()
        assert booked.result() == [201] * len(TIMES)
    assert not family.second.place.passes_on


_KEY = {"Idempotency-Key": "leave"}
