"""Parents after booking: PC-4 and H5-7 cancel, which child, and every page on every screen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import household as house
from tests.browser.conftest import ALL_SCREENS, Opening, Screen
from tests.household import Household
from yueke.booking.models import Seat

Photograph = Callable[[Page, str], None]


@pytest.fixture
def home(transactional_db: None) -> Household:
    """Return a family with one child and a teacher who is free tomorrow and next week."""
    market, products = house.open_market()
    made = house.add_household(market=market, products=products)
    return made


def test_pc_4_h5_7_cancelling_in_time_says_what_comes_back_and_gives_it(
    home: Household, opened: Opening, photograph: Photograph
) -> None:
    at = house.evening(days=5)
    teacher = house.add_teacher(market=home.market, name="Amy", free=[at])
    seat_id = house.book(household=home, teacher=teacher, at=at).seat_id
    page = opened("/family/", user=home.user)
    page.locator("#next a[hx-get$=cancel]").click()
    expect(page.locator("#comes-back .amount-credit")).to_contain_text("1")
    photograph(page, "family-cancel")
    page.locator("#cancel-lesson").click()
    expect(page.locator("#toasts [data-toast]")).to_be_visible()
    seat = Seat.objects.get(pk=seat_id)
    assert (seat.state, seat.refunded) == ("cancelled", 1)
    page.goto(page.url.split("/family")[0] + "/family/lessons?tab=cancelled")
    expect(page.locator(".chip-cancelled")).to_be_visible()


def test_pc_4_h5_7_cancelling_late_says_that_nothing_comes_back(
    home: Household, opened: Opening, photograph: Photograph
) -> None:
    at = house.soon(hours=3)
    teacher = house.add_teacher(market=home.market, name="Amy", free=[at])
    seat_id = house.book(household=home, teacher=teacher, at=at).seat_id
    page = opened("/family/", user=home.user)
    page.locator("#next a[hx-get$=cancel]").click()
    expect(page.locator("#comes-back .alert-held")).to_be_visible()
    photograph(page, "family-cancel-late")
    page.locator("#cancel-lesson").click()
    expect(page.locator("#toasts [data-toast]")).to_be_visible()
    seat = Seat.objects.get(pk=seat_id)
    assert (seat.state, seat.refunded) == ("cancelled", 0)


def test_with_several_children_it_is_asked_for_whom_and_switched_at_the_top(
    home: Household, opened: Opening, photograph: Photograph
) -> None:
    house.add_child(household=home, name="豆豆", credit=3)
    page = opened("/family/", user=home.user)
    photograph(page, "family-children")
    page.get_by_text("豆豆").click()
    expect(page.locator("#balance .amount-credit")).to_contain_text("3")
    page.locator(".page-child a", has_text="乐乐").click()
    expect(page.locator("#balance .amount-credit")).to_contain_text("10")
    page.locator("main a[href*='family/book']").click()
    expect(page.locator(".page-child a[aria-current]")).to_have_text("乐乐")


@pytest.mark.parametrize("screen", ALL_SCREENS, ids=lambda screen: screen.name)
def test_every_page_fits_its_screen_and_speaks_its_language(
    home: Household, opened: Opening, screen: Screen, photograph: Photograph
) -> None:
    at = house.evening(days=5)
    teacher = house.add_teacher(market=home.market, name="Amy", free=[at, house.evening(days=6)])
    house.book(household=home, teacher=teacher, at=at)
    page = opened("/family/", user=home.user)
    start = page.url
    for name in ("", "book", "book/teachers", "lessons", "wallet"):
        page.goto(start + name)
        photograph(page, f"every-family-{name.replace('/', '-') or 'home'}")
        widths = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        content, window = page.evaluate(widths)
        assert content <= window, name
        assert page.locator("html").get_attribute("lang") == {
            "zh-hans": "zh-Hans",
            "en": "en",
        }.get(screen.language)
