"""A real browser before the real pages: on a phone in Chinese, and on a desk in English."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from yueke.people.models import User

# Playwright keeps an event loop in this thread; the tests' own queries beside it are no mistake.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

PICTURES = Path("build/screenshots")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True)
class Screen:
    """Where a page is looked at, and in which language."""

    name: str
    width: int
    height: int
    language: str

    @property
    def is_phone(self) -> bool:
        """Whether it is held in a hand."""
        return self.width < 600


PHONE_ZH = Screen("phone-zh", 390, 844, "zh-hans")
DESK_EN = Screen("desk-en", 1280, 900, "en")
PHONE_EN = Screen("phone-en", 390, 844, "en")
DESK_ZH = Screen("desk-zh", 1280, 900, "zh-hans")
ALL_SCREENS = (PHONE_ZH, DESK_EN, PHONE_EN, DESK_ZH)

Opening = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Chromium for the tests of a file: while it is up, its event loop counts as running."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(params=[PHONE_ZH, DESK_EN], ids=lambda screen: screen.name)
def screen(request: pytest.FixtureRequest) -> Screen:
    """Look at a phone in Chinese, then at a desk in English."""
    found: Screen = request.param
    return found


@pytest.fixture
def opened(browser: Browser, screen: Screen, live_server: LiveServer) -> Iterator[Opening]:
    """Return what opens a path in a browser of its own, as somebody logged in or as nobody.

    What the browser complains of, scripts refused by the policy among it, fails the test.
    """
    complaints: list[str] = []
    contexts = []

    def complain(text: str) -> None:
        # A refusal is an answer, though the browser counts its status as an error.
        if "Failed to load resource" not in text:
            complaints.append(text)

    def open_(path: str, *, user: User | None = None) -> Page:
        context = browser.new_context(
            viewport={"width": screen.width, "height": screen.height},
            has_touch=screen.is_phone,
            is_mobile=screen.is_phone,
        )
        contexts.append(context)
        cookies = {settings.LANGUAGE_COOKIE_NAME: screen.language}
        if user is not None:
            client = Client()
            client.force_login(user)
            cookies[settings.SESSION_COOKIE_NAME] = client.cookies[
                settings.SESSION_COOKIE_NAME
            ].value
        context.add_cookies(
            [{"name": n, "value": v, "url": live_server.url} for n, v in cookies.items()]
        )
        page = context.new_page()
        page.on("pageerror", lambda error: complain(str(error)))
        page.on("console", lambda told: complain(told.text) if told.type == "error" else None)
        page.goto(live_server.url + path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def photograph(screen: Screen) -> Callable[..., None]:
    """Return what keeps a picture of a page, of what is seen or of the whole, in build."""
    PICTURES.mkdir(parents=True, exist_ok=True)

    def take(page: Page, name: str, *, whole: bool = False) -> None:
        if whole:
            # What sticks to the edge of the screen would else lie over the middle.
            height = page.evaluate("document.documentElement.scrollHeight")
            page.set_viewport_size({"width": screen.width, "height": height})
        page.screenshot(path=PICTURES / f"{name}-{screen.name}.png")

    return take


expect.set_options(timeout=10_000)
