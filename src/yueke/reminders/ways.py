"""The ways a message goes: e-mail, SMS through a gateway, a template of a WeChat account."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, Protocol
from urllib.parse import urlencode

import httpcore
from django.conf import settings
from django.core.mail import EmailMessage

from yueke.reminders import templates
from yueke.reminders.templates import Template

_TIMEOUT: Final = {"connect": 5.0, "read": 10.0, "write": 5.0, "pool": 5.0}
_TOKEN_IS_OVER: Final = {40001, 40014, 42001}
_TRY_LATER: Final = {-1, 45009}


@dataclass(frozen=True, slots=True)
class Letter:
    """A message ready to go. `id` is the same whenever it is sent again."""

    id: str
    to: str
    about: str
    language: str
    subject: str
    text: str
    words: Mapping[str, str]
    # Those of the words that are times, as WeChat writes them.
    times: Mapping[str, str]


class NotSent(Exception):
    """A message did not go out; `is_final`: it never will."""

    def __init__(self, trouble: str, *, is_final: bool = False) -> None:
        super().__init__(trouble)
        self.trouble = trouble
        self.is_final = is_final


class Way(Protocol):
    """One way a message can go."""

    def send(self, letter: Letter) -> None:
        """Send a letter, or raise NotSent."""


class Email:
    """Through the backend of Django's settings."""

    def send(self, letter: Letter) -> None:
        """Send a letter, or raise NotSent."""
        domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2]
        headers = {"Message-ID": f"<{letter.id}@{domain}>"}
        mail = EmailMessage(letter.subject, letter.text, to=[letter.to], headers=headers)
        try:
            mail.send()
        except (OSError, ValueError) as error:
            raise NotSent(str(error)[:200]) from error


@dataclass(frozen=True, slots=True)
class Gateway:
    """SMS through an HTTP gateway, which knows each letter by its `id` and each template by name.

    It is sent `id`, `to`, `template`, `language`, `words` and the whole `text`.
    """

    url: str
    token: str

    def send(self, letter: Letter) -> None:
        """Send a letter, or raise NotSent."""
        body = {
            "id": letter.id,
            "to": letter.to,
            "template": letter.about,
            "language": letter.language,
            "words": dict(letter.words),
            "text": letter.text,
        }
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        status, said = _ask("POST", self.url, body, headers)
        if not 200 <= status < 300:
            raise NotSent(f"{status} {said[:150]}", is_final=400 <= status < 500 and status != 429)


@dataclass(slots=True)
class WeChat:
    """Template messages of a WeChat service account; `templates` by what they say."""

    url: str
    app_id: str
    secret: str
    templates: Mapping[str, Template]
    _token: str = field(default="", init=False)
    _token_until: float = field(default=0.0, init=False)

    def send(self, letter: Letter) -> None:
        """Send a letter, or raise NotSent."""
        template = self.templates.get(letter.about)
        if template is None:
            raise NotSent(f"no template for {letter.about}", is_final=True)
        filled = template.filled(words=letter.words, times=letter.times)
        body = {
            "touser": letter.to,
            "template_id": template.id,
            "client_msg_id": letter.id,
            "data": {place: {"value": text} for place, text in filled.items()},
        }
        code, said = self._post(body)
        if code in _TOKEN_IS_OVER:
            self._token = ""
            code, said = self._post(body)
        if code:
            raise NotSent(f"{code} {said}", is_final=code not in _TRY_LATER | _TOKEN_IS_OVER)

    def _post(self, body: Any) -> tuple[int, str]:
        query = urlencode({"access_token": self._access_token()})
        answer = self._asked("POST", f"/cgi-bin/message/template/send?{query}", body)
        return int(answer.get("errcode", 0)), str(answer.get("errmsg", ""))[:150]

    def _access_token(self) -> str:
        if not self._token or time.monotonic() >= self._token_until:
            query = {"grant_type": "client_credential", "appid": self.app_id, "secret": self.secret}
            answer = self._asked("GET", f"/cgi-bin/token?{urlencode(query)}")
            if "access_token" not in answer:
                raise NotSent(f"{answer.get('errcode')} {answer.get('errmsg')}"[:200])
            self._token = str(answer["access_token"])
            # A little before its time, so that it doesn't end on the way.
            self._token_until = time.monotonic() + int(answer["expires_in"]) - 120
        return self._token

    def _asked(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        status, said = _ask(method, self.url + path, body, {})
        try:
            answer = json.loads(said)
        except ValueError:
            answer = None
        if status != 200 or not isinstance(answer, dict):
            raise NotSent(f"{status} from WeChat")
        return answer


@cache
def ways() -> dict[str, Way]:
    """Return the ways that the settings name, by name."""
    found: dict[str, Way] = {"email": Email()}
    if settings.YUEKE_SMS_URL:
        found["sms"] = Gateway(settings.YUEKE_SMS_URL, settings.YUEKE_SMS_TOKEN)
    if settings.YUEKE_WECHAT_APP_ID:
        found["wechat"] = WeChat(
            settings.YUEKE_WECHAT_URL,
            settings.YUEKE_WECHAT_APP_ID,
            settings.YUEKE_WECHAT_SECRET,
            templates.read(settings.YUEKE_WECHAT_TEMPLATES),
        )
    return found


def _ask(method: str, url: str, body: Any, headers: Mapping[str, str]) -> tuple[int, str]:
    sent: dict[bytes | str, bytes | str] = {"content-type": "application/json"}
    sent.update(headers.items())
    content = None if body is None else json.dumps(body, ensure_ascii=False).encode()
    try:
        answer = httpcore.request(
            method, url, headers=sent, content=content, extensions={"timeout": _TIMEOUT}
        )
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException) as error:
        raise NotSent(type(error).__name__) from error
    return answer.status, answer.content.decode("utf-8", "replace")
