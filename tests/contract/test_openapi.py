"""The API is what its OpenAPI document says, for data it describes and for data it does not."""

import json
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, event, seed, settings
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.config import GenerationConfig

from tests.api.test_matrix import NEEDS
from tests.contract import twins
from tests.contract.twins import Twin
from tests.served import Desk
from yueke.api.v1 import api
from yueke.people import channels

schema = schemathesis.openapi.from_dict(api.get_openapi_schema())
schema.config.generation = GenerationConfig(
    modes=[schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE],
    database="none",
)
load_all_checks()
# What the document describes may still name nobody, or a time that is over.
EXCLUDED: list[Any] = [CHECKS.get_one("positive_data_acceptance")]
# In a query one text is a list of one: a `tag` of the wrong type can't be told from a right one.
EXCLUDED_FOR_ONE_TAG: list[Any] = [*EXCLUDED, CHECKS.get_one("negative_data_rejection")]
PREFIX = "/api/v1"
# Who of those that may is asked first; all else is asked by a learning partner.
FIRST = ("lp", "teachers", "parents-h5")


def test_the_document_is_served_to_anyone(company: Desk) -> None:
    answer = company.http.get("/api/v1/openapi.json")
    assert answer.json() == json.loads(json.dumps(api.get_openapi_schema()))
    assert answer.json()["openapi"].startswith("3.1")


@schema.parametrize()
@seed(20181105)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
def test_every_answer_is_one_that_is_documented(
    case: schemathesis.Case[Any], company: Desk
) -> None:
    twin = _world(company)
    for part in (case.path_parameters, case.query, case.body):
        _make_real(part, twin)
    secret = _secret(twin, case.operation.path.removeprefix(PREFIX), case.operation.method)
    answer = case.call_and_validate(
        base_url=str(company.http.base_url),
        headers={"Authorization": f"Bearer {secret}"},
        excluded_checks=EXCLUDED_FOR_ONE_TAG if _has_one_tag(case) else EXCLUDED,
    )
    event(str(answer.status_code))


def _secret(twin: Twin, path: str, method: str) -> str:
    """Return the key of a channel that may do it, or else it would only be told that it may not."""
    lines = NEEDS.get(path, ()) if method == "post" else ()
    able = {one for line in lines for one in channels.channels() if _may(one, line)} or {"lp"}
    channel = next((one for one in FIRST if one in able), min(able))
    return twin.secret_of(channel)


def _may(channel: str, line: str) -> bool:
    return channels.may(channel, *line.split())


def _has_one_tag(case: schemathesis.Case[Any]) -> bool:
    tag = case.query.get("tag", []) if isinstance(case.query, dict) else []
    return not isinstance(tag, list)


_worlds: dict[int, Twin] = {}


def _world(company: Desk) -> Twin:
    """Return one world for all the requests of an operation."""
    if company.company.market_id not in _worlds:
        _worlds[company.company.market_id] = Twin(company.http)
    return _worlds[company.company.market_id]


def _make_real(part: Any, twin: Twin) -> None:
    """Put ids and times that there are in the place of half the generated texts for them."""
    real = {
        "learner": twin.names["mine"],
        "teacher": twin.names["emma"],
        "seat": twin.seats[0],
        "lot": twin.names["coupon"],
        "product": "major",
        "starts_at": twins.times()[0],
        "from": twins.times()[0],
        "to": twins.times()[5],
    }
    if isinstance(part, list):
        for one in part:
            _make_real(one, twin)
    if not isinstance(part, dict):
        return
    for name, value in part.items():
        if name in real and isinstance(value, str) and len(value) % 2 == 0:
            part[name] = real[name]
        elif name == "starts" and isinstance(value, list):
            part[name] = [twins.times()[0] if isinstance(one, str) else one for one in value]
        else:
            _make_real(value, twin)
