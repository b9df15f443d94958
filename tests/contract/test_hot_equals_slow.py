"""The hot routes answer as their slow twins do, whatever they are asked."""

from collections.abc import Iterator

import httpx
import pytest
from hypothesis import HealthCheck, Phase, event, given, seed, settings
from hypothesis import strategies as st

from tests.contract.generated import REQUESTS
from tests.contract.twins import Asked, Twin
from tests.served import Desk, django_behind_wsgi, serving
from yueke.api.refusals import InternalError, Unavailable
from yueke.config.asgi import WSGI_THREADS
from yueke.config.routing import PlainQuery

NEVER = {Unavailable.code, InternalError.code}


@pytest.fixture(scope="session")
def slow(django_db_setup: None) -> Iterator[httpx.Client]:
    """Call Django without the hot routes before it."""
    django = django_behind_wsgi()
    pools = {django.executor: WSGI_THREADS}
    with serving(PlainQuery(django), pools) as url, httpx.Client(base_url=url, timeout=60) as http:
        yield http


@seed(20181105)
@settings(
    max_examples=30,
    database=None,
    phases=[Phase.generate],  # to shrink takes minutes; a failure names its request
    suppress_health_check=list(HealthCheck),
)
@given(requests=st.lists(REQUESTS, min_size=8, max_size=16))
def test_a_hot_route_answers_as_its_slow_twin(
    company: Desk, slow: httpx.Client, requests: list[Asked]
) -> None:
    hot, twin = (Twin(one).with_trials() for one in (company.http, slow))
    for asked in requests:
        answer, expected = hot.ask(asked), twin.ask(asked)
        assert answer == expected, asked
        code = answer.body.get("code", "done")
        assert code not in NEVER
        event(f"{asked.path} {code}")


def test_requests_reach_what_they_should(company: Desk) -> None:
    """A world is one in which lessons can be booked: the test above does not compare refusals."""
    hot = Twin(company.http).with_trials()
    headers = (("Authorization", "Bearer <parents>"), ("Idempotency-Key", "k"))
    asked = Asked("POST", "/cancellations", headers, '{"seat": "<seat0>"}')
    told = hot.ask(asked)
    assert told.status == 201
    assert told.body["learner"] == "<mine>"
    headers = (("Authorization", "Bearer <classroom>"), ("Idempotency-Key", "k"))
    told = hot.ask(Asked("POST", "/room-entries", headers, '{"seat": "<soon>"}'))
    assert told.status == 201
    assert told.body["state"] == "waiting"
