"""What anyone may read without a key, and the one form in which the API says no."""

import re
from html.parser import HTMLParser

import httpx
import pytest
from playwright.sync_api import ConsoleMessage, expect, sync_playwright

from tests import asking, snapshot
from tests.api import walking
from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.served import API, PROBLEM, Desk, id_of, refused
from yueke.kernel.opaque import Opaque

OTHER_HOST = re.compile(r"""(?:https?:)?//[a-z0-9]""", re.IGNORECASE)
POLICY = {
    "default-src": {"'self'"},
    "script-src": {"'self'"},
    "img-src": {"'self'", "data:"},
    "frame-ancestors": {"'none'"},
}


class Page(HTMLParser):
    """The addresses a page names, and the scripts and styles it carries itself."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.inline: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Gather what a tag names."""
        found = dict(attrs)
        self.addresses += [found[name] or "" for name in ("src", "href") if name in found]
        is_data = found.get("type") == "application/json"
        if (tag == "script" and "src" not in found and not is_data) or tag == "style":
            self.inline.append(tag)
        self.inline += [name for name in found if name.startswith("on") or name == "style"]


def policy_of(page: httpx.Response) -> dict[str, set[str]]:
    """Return a page's content security policy."""
    parts = [part.split() for part in page.headers["content-security-policy"].split(";")]
    return {part[0]: set(part[1:]) for part in parts}


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_it_says_that_it_lives_and_can_serve(company: Desk, path: str) -> None:
    answer = company.http.get(path)
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_its_metrics_count_answers(company: Desk) -> None:
    def answered() -> float:
        page = company.http.get("/metrics")
        assert page.status_code == 200
        assert page.headers["content-type"].startswith("text/plain")
        [count] = re.findall(r'^yueke_hot_answers_total\{status="401"\} (\S+)$', page.text, re.M)
        return float(count)

    company.http.get(f"{API}/teachers")
    before = answered()
    company.http.get(f"{API}/teachers")
    assert answered() == before + 1


def test_the_readable_page_needs_no_other_host(company: Desk) -> None:
    page = company.http.get(f"{API}/docs")
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    policy = policy_of(page)
    assert {name: policy[name] for name in POLICY} == POLICY
    assert not OTHER_HOST.search(page.text)
    read = Page(page.text)
    assert read.inline == []
    assert len(read.addresses) >= 3
    for address in read.addresses:
        assert address.startswith("/static/"), address
        assert company.http.get(address).status_code == 200, address
    assert f'"{API}/openapi.json"' in page.text


def test_the_readable_page_shows_every_route_in_a_browser(company: Desk) -> None:
    complaints: list[str] = []
    hosts: set[str] = set()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = chromium.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda told: complaints.append(told.text) if _is_error(told) else None)
        page.on("request", lambda asked: hosts.add(httpx.URL(asked.url).netloc.decode()))
        page.goto(f"{company.http.base_url}{API}/docs")
        expect(page.locator(".opblock")).to_have_count(len(walking.operations(company.http)))
        chromium.close()
    assert complaints == []
    assert hosts <= {company.http.base_url.netloc.decode(), ""}


def _is_error(told: ConsoleMessage) -> bool:
    return told.type == "error"


def test_the_document_is_openapi_3_1_and_names_every_refusal(company: Desk) -> None:
    document = company.http.get(f"{API}/openapi.json").json()
    assert document["openapi"].startswith("3.1.")
    for operation in walking.operations(company.http):
        said = document["paths"][operation.path][operation.method]
        assert said["summary"]
        assert said["description"]
        assert said["security"], operation.name
        statuses = {int(status) for status in said["responses"]}
        assert {400, 401, 403, 404, 422, 429, 503} <= statuses
        for status, response in said["responses"].items():
            kind = PROBLEM if int(status) >= 400 else "application/json"
            assert list(response["content"]) == [kind], (operation.name, status)
        if operation.method == "post":
            assert {201, 409, 413} <= statuses
            [key] = [one for one in said["parameters"] if one["name"] == "Idempotency-Key"]
            assert key["required"]


def test_every_refusal_is_a_problem(company: Desk) -> None:
    """`refused` checks type, title, status and code of each."""
    learner, teacher = company.learner(), company.teacher()
    lp, supply = company.caller("lp"), company.caller("supply")
    nobody = {
        "learner": Opaque("lrn", "of another house").show(1),
        "teacher": id_of(teacher),
        "seat": "st_",
    }
    known = {"learner": id_of(learner), "teacher": "tch_"}
    met = set()
    for operation in walking.operations(company.http):
        for caller in (lp, supply):
            for values in (nobody, known):
                answer = operation.fill(values, "learner").send(caller)
                if not answer.is_success:
                    met.add(refused(answer)[0])
        if operation.method == "post":
            before = snapshot.take()
            headers = {**lp.authorization, "Idempotency-Key": asking.new_key()}
            for body in (b"", b"{", b"[]", b"null", b'{"a": 1}', b"\xff"):
                answer = company.http.post(operation.path, content=body, headers=headers)
                met.add(refused(answer)[0])
            assert snapshot.changes(before) == {}
    assert {400, 403, 404, 422} <= met <= {400, 403, 404, 409, 422}


@pytest.mark.parametrize(
    "path", ["/nothing", "/lessons/", "/lessons/st_1/more", "/bookings/", "/teachers/1", "/", ""]
)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_an_address_that_is_not_there_is_a_problem(company: Desk, path: str, method: str) -> None:
    lp = company.caller("lp")
    for headers in (lp.authorization, {}):
        answer = company.http.request(method, API + path, headers=headers)
        assert refused(answer) == (404, "nothing_here")


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_a_method_that_an_address_does_not_take_is_a_problem(company: Desk, method: str) -> None:
    lp = company.caller("lp")
    taken: dict[str, set[str]] = {}
    for operation in walking.operations(company.http):
        taken.setdefault(operation.path, set()).add(operation.method.upper())
    for path, methods in taken.items():
        if method not in methods:
            answer = company.http.request(method, path, headers=lp.authorization)
            assert refused(answer) == (405, "method_not_allowed"), path
            allowed = {one.strip() for one in answer.headers["allow"].split(",")}
            assert methods <= allowed, path
            assert method not in allowed
