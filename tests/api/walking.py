"""Every route of the OpenAPI document, with the ids that somebody tries on it filled in."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from tests import asking
from tests.served import Caller

Values = Mapping[str, Any]
Options = tuple[str, ...]
Document = Mapping[str, Any]
_NOT_BY_ALL = {"cursor", "limit", "count_up_to", "state", "tag"}
# A target is named by its kind; here it is always a learner.
_TARGET = {"id": "learner", "kind": "target_kind"}
ANY: Values = {
    "product": "major",
    "pay_with": "credit",
    "asset": "credit",
    "amount": 1,
    "reason": "",
    "all_or_none": False,
    "expires_at": None,
    "reserved_until": None,
    "target_kind": "student",
    "weekday": 0,
    "capacity": 9,
    "title_zh": "拼读",
    "title_en": "Phonics",
    "about_zh": "",
    "about_en": "",
    # The first bytes of a PNG.
    "picture": "iVBORw0KGgo=",
    "seats": [],
    "address": "https://video.example/1.mp4",
    "begins": "18:00",
    "ends": "19:00",
}


@dataclass(frozen=True)
class Call:
    """One request that can be sent, and the names of the values that it carries."""

    method: str
    path: str
    params: dict[str, str]
    body: Any
    carries: frozenset[str]

    def send(self, caller: Caller, *, key: str | None = None) -> httpx.Response:
        """Send it under a key; a write under a request key, a new one unless it is named."""
        headers = {**caller.authorization, "Idempotency-Key": key or asking.new_key()}
        return self.send_as(caller.http, headers)

    def send_as(self, http: httpx.Client, headers: Mapping[str, str]) -> httpx.Response:
        """Send it with these headers only."""
        body = {} if self.body is None else {"json": self.body}
        return http.request(self.method, self.path, params=self.params, headers=headers, **body)


@dataclass(frozen=True)
class Operation:
    """One method of one path."""

    document: Document
    method: str
    path: str

    @property
    def name(self) -> str:
        """Method and path, without the version."""
        return f"{self.method} {self.path.removeprefix('/api/v1')}"

    @property
    def may_carry(self) -> frozenset[str]:
        """The names of the values that a request can carry, in all."""
        everything = {name for name, where in self._parameters() if where != "header"}
        return self.fill({}, *everything, "target").carries - _NOT_BY_ALL

    def fill(self, values: Values, *options: str) -> Call:
        """Return the request with these values, and these of the parts it can do without."""
        values, carries = {**ANY, **values}, set[str]()
        path, params = self.path, {}
        for name, where in self._parameters():
            if where == "path":
                path = path.replace(f"{{{name}}}", str(values.get(name)))
            elif where == "query" and (name in options or name in self._required()):
                params[name] = str(values.get(name))
            else:
                continue
            carries.add(name)
        schema = self._operation().get("requestBody", {}).get("content", {})
        body = None
        if schema:
            body = self._body(schema["application/json"]["schema"], values, options, carries)
        return Call(self.method, path, params, body, frozenset(carries))

    def _operation(self) -> Any:
        return self.document["paths"][self.path][self.method]

    def _parameters(self) -> list[tuple[str, str]]:
        return [(one["name"], one["in"]) for one in self._operation().get("parameters", ())]

    def _required(self) -> set[str]:
        return {one["name"] for one in self._operation()["parameters"] if one["required"]}

    def _body(self, schema: Any, values: Values, options: Options, carries: set[str]) -> Any:
        name = schema["$ref"].rsplit("/", 1)[1]
        found = {}
        for field, inner in self.document["components"]["schemas"][name]["properties"].items():
            kind = inner.get("anyOf", [inner])[0]
            if "$ref" in kind:
                inside = field in options or "anyOf" not in inner
                found[field] = self._body(kind, values, options, carries) if inside else None
            elif "$ref" in kind.get("items", {}):
                found[field] = [self._body(kind["items"], values, options, carries)]
            else:
                source = _TARGET.get(field, field)
                carries.add(source)
                found[field] = values.get(source)
        return found


def operations(http: httpx.Client) -> list[Operation]:
    """Return every operation the served document names."""
    document = http.get("/api/v1/openapi.json").json()
    found = [(method, path) for path, methods in document["paths"].items() for method in methods]
    return [Operation(document, method, path) for method, path in found]


def writes(http: httpx.Client) -> list[Operation]:
    """Return every operation that changes something."""
    return [operation for operation in operations(http) if operation.method == "post"]


def attempts(operation: Operation, mine: Values, theirs: Values) -> Iterator[Call]:
    """Return my requests with each of their values in the place of mine, then with all."""
    tried = [name for name in theirs if name in operation.may_carry]
    for name in tried:
        options = {name, "starts_at"} | ({"target"} if name == "learner" else set())
        yield operation.fill({**mine, name: theirs[name]}, *options)
    if len(tried) > 1:
        yield operation.fill({**mine, **theirs}, "starts_at", "target")


def text_of(response: httpx.Response) -> str:
    """Return what an answer says, with every character as itself."""
    return json.dumps(response.json(), ensure_ascii=False, sort_keys=True)
