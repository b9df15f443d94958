"""The API of version 1: its routes, its refusals, and its OpenAPI."""

from functools import cache
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.utils.datastructures import MultiValueDict
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser

from yueke.api import bodies, parameters, problems, reading
from yueke.api.callers import ApiKeyAuth
from yueke.api.reading import BODY_BYTES_MAX
from yueke.api.refusals import BodyInvalid, BodyNotJson, BodyTooLarge
from yueke.api.routes import (
    absences,
    auto_rules,
    auto_runs,
    bookings,
    campaigns,
    catchups,
    changes,
    class_places,
    classes,
    contracts,
    coupons,
    courses,
    dedicated,
    dual,
    entries,
    events,
    holidays,
    learners,
    lessons,
    overbooking,
    places,
    policies,
    replays,
    requests,
    slots,
    start_now,
    webhooks,
)
from yueke.kernel.refusal import Refusal

_DESCRIPTION = """The booking platform of an online tutoring company.

Every call carries `Authorization: Bearer <key>`; the key's channel decides what it may do.
Every write carries an `Idempotency-Key`: the same key and body give the same answer and no
second effect; the same key with another body is refused. With `?dry_run=true` every write
answers what it would do, with status 200, and does nothing. Refusals are RFC 9457 problems with
a stable `code`. Ids are opaque, times are ISO 8601 with an offset, lists have a `next` cursor.
"""


class Exact(Parser):
    """Bodies and queries as the hot routes read them.

    JSON is UTF-8 with nothing after it, no lone surrogates and no NaN; a query has no parameter
    that is not documented, and none twice.
    """

    def parse_body(self, request: HttpRequest) -> Any:
        """Return what a body holds, or refuse (body_not_json)."""
        return reading.json_body(request.body)

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        """Return a query's parameters, or refuse (body_invalid)."""
        assert request.resolver_match is not None
        known = _parameters()[str(request.method), request.resolver_match.route]
        parameters.check(dict(data.lists()), known=known, lists=list_fields)
        return super().parse_querydict(data, list_fields, request)


class YuekeApi(NinjaAPI):
    """Ninja, with problems shown under their own content type."""

    def get_openapi_schema(self, **kwargs: Any) -> Any:
        """Return the OpenAPI document."""
        schema = super().get_openapi_schema(**kwargs)
        for operations in schema["paths"].values():
            for operation in operations.values():
                for status, response in operation["responses"].items():
                    if int(status) >= 400:
                        content = response["content"]
                        content[problems.CONTENT_TYPE] = content.pop("application/json")
        return schema


api = YuekeApi(
    title="Yueke",
    version="1",
    description=_DESCRIPTION,
    auth=ApiKeyAuth(),
    urls_namespace="api-1",
    parser=Exact(),
)
_NOUNS = (
    bookings,
    start_now,
    dual,
    changes,
    classes,
    class_places,
    replays,
    courses,
    lessons,
    requests,
    contracts,
    dedicated,
    catchups,
    overbooking,
    entries,
    places,
    absences,
    events,
    slots,
    learners,
    policies,
    campaigns,
    coupons,
    auto_rules,
    auto_runs,
    holidays,
    webhooks,
)
for _noun in _NOUNS:
    api.add_router("", _noun.router)


@cache
def _parameters() -> dict[tuple[str, str], set[str]]:
    """Return the names of each operation's parameters, by method and address as Django has them.

    From what was declared: to make the OpenAPI document for it would hold up the first requests of
    a process for seconds.
    """
    root = api.get_root_path({}).lstrip("/")
    return {
        (method, root + path.lstrip("/").replace("{", "<").replace("}", ">")): {
            name
            for model in operation.models
            if model.__ninja_param_source__ == "query"
            for name in getattr(model, "__ninja_flatten_map__", ())
        }
        for noun in _NOUNS
        for path, view in noun.router.path_operations.items()
        for operation in view.operations
        for method in operation.methods
    }


@api.exception_handler(Refusal)
def _refusal(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return problems.response(refusal)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    first = error.errors[0]
    if first["loc"][0] == "body":
        empty = first["type"] == "missing" and not request.body
        return problems.response(BodyNotJson() if empty else bodies.invalid_at(first, skip=2))
    if first["type"] == "missing":
        return problems.response(parameters.missing(first["loc"][-1]))
    return problems.response(bodies.invalid_at(first, skip=1))


@api.exception_handler(HttpError)
def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    if error.status_code == 400:
        return problems.response(BodyNotJson())
    raise error


@api.exception_handler(TooManyFieldsSent)
def _too_many(request: HttpRequest, error: TooManyFieldsSent) -> HttpResponse:
    return problems.response(BodyInvalid(parameters.TOO_MANY))


@api.exception_handler(RequestDataTooBig)
def _too_big(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return problems.response(BodyTooLarge(BODY_BYTES_MAX))
