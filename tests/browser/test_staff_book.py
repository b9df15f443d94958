"""Staff at work: LP-2 books for a learner, cancels, gives credits; keys; every page."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import household as house
from tests import workplace
from tests.browser.conftest import ALL_SCREENS, DESK_EN, DESK_ZH, Opening, Screen
from tests.workplace import Workplace
from yueke.booking.models import Seat
from yueke.people.models import User
from yueke.portals import ids

Photograph = Callable[[Page, str], None]


@pytest.fixture
def work(transactional_db: None) -> Workplace:
    """Return a teacher who is free in three days, and has a lesson in two."""
    made = workplace.open_workplace()
    workplace.book(workplace=made, at=house.evening(days=2))
    house.release(teacher=made.teacher, starts=[house.evening(days=3)])
    return made


@pytest.fixture
def partner(work: Workplace) -> User:
    """Return a learning partner's login."""
    return workplace.add_staff(workplace=work, channel="lp")


def test_lp_2_books_for_a_learner_and_the_log_says_who_and_why(
    work: Workplace, partner: User, opened: Opening, photograph: Photograph
) -> None:
    page = opened("/staff/", user=partner)
    page.locator("#found, [data-search]").first.wait_for()
    page.locator("[data-search]").fill("乐")
    page.locator("#found [data-row]").click()
    expect(page.locator("#drawer .amount-credit")).to_contain_text("9")
    photograph(page, "staff-console")
    page.locator("#drawer a[href$='/book']").click()
    day = house.evening(days=3)
    page.goto(f"{page.url}?day={day:%Y-%m-%d}")
    page.locator("a.bar").click()
    photograph(page, "staff-book")
    page.locator("[hx-get*='/book/confirm']").click()
    page.locator("#sheet [name=reason]").fill("mother rang")
    photograph(page, "staff-confirm")
    page.locator("#sheet .sheet-actions button").click()
    page.wait_for_url("**/staff/lessons/**")
    expect(page.locator(".timeline li")).to_have_count(1)
    expect(page.locator(".timeline")).to_contain_text("mother rang")
    expect(page.locator(".timeline")).to_contain_text("lp 王")
    photograph(page, "staff-lesson")
    assert Seat.objects.filter(state="live").count() == 2


def test_cancelling_shows_what_comes_back_and_the_log_says_why(
    work: Workplace, partner: User, opened: Opening, photograph: Photograph
) -> None:
    seat = Seat.objects.get()
    page = opened(f"/staff/lessons/{ids.SEAT.show(seat.pk)}", user=partner)
    page.locator("a[hx-get$=cancel]").click()
    expect(page.locator("#sheet .amount-credit")).to_contain_text("+1")
    photograph(page, "staff-cancel")
    page.locator("#sheet [name=reason]").fill("teacher is ill")
    page.locator("#sheet .sheet-actions button").click()
    expect(page.locator(".timeline li")).to_have_count(2)
    expect(page.locator(".timeline")).to_contain_text("teacher is ill")
    expect(page.locator("article .chip-cancelled")).to_be_visible()
    seat.refresh_from_db()
    assert (seat.state, seat.refunded) == ("cancelled", 1)


def test_what_giving_does_is_shown_while_it_is_typed(
    work: Workplace, opened: Opening, photograph: Photograph
) -> None:
    marketing = workplace.add_staff(workplace=work, channel="marketing")
    page = opened(f"/staff/learners/{ids.LEARNER.show(work.learner.pk)}", user=marketing)
    page.locator("a[hx-get$=grant]").click()
    page.locator("#sheet [name=amount]").wait_for()
    # Only then does the page listen to what is typed.
    expect(page.locator("#sheet .htmx-added")).to_have_count(0)
    page.locator("#sheet [name=amount]").fill("5")
    expect(page.locator("#grant-effect")).to_contain_text("14")
    page.locator("#sheet [name=reason]").fill("a gift")
    photograph(page, "staff-grant")
    page.locator("#sheet .sheet-actions button").click()
    expect(page.locator("article .amount-credit").first).to_contain_text("14")


@pytest.mark.parametrize("screen", [DESK_EN, DESK_ZH], indirect=True, ids=lambda s: s.name)
def test_hands_stay_on_the_keyboard(work: Workplace, partner: User, opened: Opening) -> None:
    workplace.add_learner(workplace=work, name="乐天")
    page = opened("/staff/", user=partner)
    page.keyboard.press("/")
    page.keyboard.type("乐")
    expect(page.locator("#found [data-row]")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(page.locator("#found [data-row]")).to_have_count(2)
    for key in ("j", "j", "k"):
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    expect(page.locator("#drawer article")).to_be_visible()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()


@pytest.mark.parametrize("screen", ALL_SCREENS, indirect=True, ids=lambda s: s.name)
def test_every_page_of_staff_fits_the_screen(
    work: Workplace, partner: User, opened: Opening, photograph: Photograph, screen: Screen
) -> None:
    learner = f"/staff/learners/{ids.LEARNER.show(work.learner.pk)}"
    teacher = f"/staff/teachers/{ids.TEACHER.show(work.teacher.pk)}"
    paths = {
        "find": "/staff/?q=乐",
        "learners": "/staff/learners",
        "teachers": "/staff/teachers",
        "lessons": "/staff/lessons",
        "learner": learner,
        "wallet": f"{learner}/wallet",
        "audit": f"{learner}/audit",
        "teacher": teacher,
        "teacher-week": f"{teacher}/week?week={house.evening(days=2):%Y-%m-%d}",
    }
    house.add_teacher(market=work.market, name="Christopher Villanueva-Montgomery")
    page = opened("/staff/", user=partner)
    root = page.url.split("/staff")[0]
    for name, path in paths.items():
        page.goto(root + path)
        photograph(page, f"staff-{name}")
        assert page.evaluate("document.documentElement.scrollWidth") <= screen.width, name
    page.locator("a.cell-booked").first.click()
    expect(page.locator("#sheet .timeline li")).to_have_count(2)
    photograph(page, "staff-slot")
