"""SMS and WeChat over real HTTP, against servers of this machine that speak as theirs do."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from yueke.reminders.templates import read
from yueke.reminders.ways import Gateway, Letter, NotSent, WeChat

LETTER = Letter(
    "msg_1",
    "13800000000",
    "soon",
    "zh-hans",
    "上课提醒",
    "乐乐 19:00 上课",
    {"learner": "乐乐", "time": "3月12日 周四 19:00"},
    {"time": "2026年3月12日 19:00"},
)
Answer = Callable[[str, dict[str, list[str]], Any, dict[str, str]], tuple[int, Any]]


@contextmanager
def server(answer: Answer) -> Iterator[str]:
    """Serve on a free port; `answer` takes path, query, JSON body and headers."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            parts = urlsplit(self.path)
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, said = answer(parts.path, parse_qs(parts.query), body, headers)
            text = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    found = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=found.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{found.server_port}"
    finally:
        found.shutdown()
        found.server_close()
        thread.join()


def test_an_sms_goes_to_the_gateway_with_its_template_words_and_text() -> None:
    asked: list[Any] = []

    def answer(path: str, query: Any, body: Any, headers: dict[str, str]) -> tuple[int, Any]:
        asked.append((path, body, headers["authorization"]))
        return 202, {}

    with server(answer) as url:
        Gateway(f"{url}/sms", "secret").send(LETTER)
    [(path, body, authorization)] = asked
    assert (path, authorization) == ("/sms", "Bearer secret")
    assert body == {
        "id": "msg_1",
        "to": "13800000000",
        "template": "soon",
        "language": "zh-hans",
        "words": {"learner": "乐乐", "time": "3月12日 周四 19:00"},
        "text": "乐乐 19:00 上课",
    }


@pytest.mark.parametrize(("status", "is_final"), [(400, True), (429, False), (503, False)])
def test_a_gateway_that_says_no_is_asked_again_only_where_it_may_help(
    status: int, is_final: bool
) -> None:
    with server(lambda *_: (status, {"why": "no"})) as url, pytest.raises(NotSent) as error:
        Gateway(url, "").send(LETTER)
    assert (error.value.is_final, str(status) in error.value.trouble) == (is_final, True)


def test_a_gateway_that_does_not_answer_is_asked_again() -> None:
    with pytest.raises(NotSent) as error:
        Gateway("http://127.0.0.1:9/", "").send(LETTER)
    assert not error.value.is_final


class Tencent:
    """WeChat's two addresses as its documentation describes them."""

    def __init__(self, *codes: int) -> None:
        self.codes = list(codes)
        self.tokens = 0
        self.sent: list[Any] = []

    def __call__(self, path: str, query: Any, body: Any, headers: Any) -> tuple[int, Any]:
        if path == "/cgi-bin/token":
            assert query["grant_type"] == ["client_credential"]
            if (query["appid"], query["secret"]) != (["wx1"], ["s3cret"]):
                return 200, {"errcode": 40013, "errmsg": "invalid appid"}
            self.tokens += 1
            return 200, {"access_token": f"token{self.tokens}", "expires_in": 7200}
        assert path == "/cgi-bin/message/template/send"
        code = self.codes.pop(0) if self.codes else 0
        if code == 0:
            assert query["access_token"] == [f"token{self.tokens}"]
            self.sent.append(body)
        return 200, {"errcode": code, "errmsg": "ok" if code == 0 else "no", "msgid": 1}


def account(url: str, secret: str = "s3cret") -> WeChat:
    """Return a service account with one template."""
    data = {"thing1": "%(learner)s", "time2": "%(time)s", "const3": "待上课"}
    return WeChat(url, "wx1", secret, read({"soon": {"id": "TEMPLATE", "data": data}}))


def test_a_wechat_template_is_sent_with_its_words_and_the_token_is_kept() -> None:
    tencent = Tencent()
    with server(tencent) as url:
        way = account(url)
        way.send(LETTER)
        way.send(LETTER)
    assert tencent.tokens == 1
    assert tencent.sent[0] == {
        "touser": "13800000000",
        "template_id": "TEMPLATE",
        "client_msg_id": "msg_1",
        "data": {
            "thing1": {"value": "乐乐"},
            "time2": {"value": "2026年3月12日 19:00"},
            "const3": {"value": "待上课"},
        },
    }


def test_a_token_that_is_over_is_fetched_anew() -> None:
    tencent = Tencent(42001)
    with server(tencent) as url:
        account(url).send(LETTER)
    assert (tencent.tokens, len(tencent.sent)) == (2, 1)


@pytest.mark.parametrize(("code", "is_final"), [(43004, True), (40003, True), (45009, False)])
def test_what_wechat_refuses_is_tried_again_only_where_it_may_help(
    code: int, is_final: bool
) -> None:
    with server(Tencent(code)) as url, pytest.raises(NotSent) as error:
        account(url).send(LETTER)
    assert error.value.is_final is is_final


def test_a_wrong_secret_or_a_missing_template_is_named() -> None:
    with server(Tencent()) as url:
        with pytest.raises(NotSent, match="40013"):
            account(url, secret="wrong").send(LETTER)
        with pytest.raises(NotSent, match="no template"):
            WeChat(url, "wx1", "s3cret", {}).send(LETTER)
