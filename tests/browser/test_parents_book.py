"""Parents book: PC-1 a major lesson, H5-1 with credits, H5-2 a coupon, H5-3 energy stones."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import household as house
from tests.browser.conftest import Opening, Screen
from tests.household import Household
from yueke.booking.models import Seat
from yueke.people.models import Teacher

Photograph = Callable[[Page, str], None]


@pytest.fixture
def home(transactional_db: None) -> Household:
    """Return a family with one child, a coupon and stones, and two teachers free next week."""
    market, products = house.open_market()
    made = house.add_household(market=market, products=products)
    house.add_lot(child=made.child, asset="coupon", days=40)
    house.add_lot(child=made.child, asset="stone", amount=45)
    times = [house.evening(days=5, clock=clock) for clock in ("18:30", "19:00", "20:00")]
    house.add_teacher(market=market, name="Amy", rating=489, tags=["phonics"], free=times)
    house.add_teacher(market=market, name="Ben", rating=470, free=times[1:])
    return made


def sheet(page: Page) -> Page:
    """Wait for the sheet and return the page."""
    expect(page.locator("#sheet")).to_be_visible()
    return page


def entry(screen: Screen) -> str:
    """Return the address parents enter by on this screen."""
    return "/h5" if screen.is_phone else "/pc"


def test_pc_1_h5_1_a_lesson_is_booked_in_three_taps_and_may_be_undone(
    home: Household, opened: Opening, screen: Screen, photograph: Photograph
) -> None:
    page = opened(entry(screen), user=home.user)
    photograph(page, "family-home")
    page.locator("main a[href*='family/book']").click()
    page.wait_for_url("**/family/book*")
    photograph(page, "family-book")
    page.locator("#teachers a.list-row").first.click()
    photograph(sheet(page), "family-confirm")
    page.locator("#confirm-book").click()
    page.wait_for_url("**/family/?*")
    expect(page.locator("#next")).to_contain_text("Amy")
    photograph(page, "family-booked")
    seat = Seat.objects.get(learner_id=home.child.pk)
    assert (seat.state, seat.asset, seat.paid) == ("live", "credit", 1)

    page.locator("#toasts button[hx-post]").click()
    expect(page.locator("#next")).not_to_contain_text("Amy")
    seat.refresh_from_db()
    assert (seat.state, seat.refunded) == ("cancelled", 1)


def test_h5_2_h5_3_a_coupon_or_stones_pay_on_the_phone_and_are_not_offered_on_pc(
    home: Household, opened: Opening, screen: Screen
) -> None:
    page = opened(entry(screen), user=home.user)
    for asset in ("coupon", "stone"):
        page.goto(page.url.split("/family")[0] + "/family/book")
        page.locator("#teachers a.list-row").first.click()
        way = sheet(page).locator(f"input[name=pay][value^={asset}]")
        if not screen.is_phone:
            expect(way).to_have_count(0)
            continue
        way.check()
        page.locator("#confirm-book").click()
        page.wait_for_url("**/family/?*")
        assert Seat.objects.filter(asset=asset, learner_id=home.child.pk).count() == 1
    assert Seat.objects.count() == (2 if screen.is_phone else 0)


def test_when_the_time_goes_while_they_look_the_nearest_others_are_offered(
    home: Household, opened: Opening, photograph: Photograph
) -> None:
    other = house.add_household(
        market=home.market, products=home.products, username="wang", children=["豆豆"]
    )
    page = opened("/family/book", user=home.user)
    page.locator(".bar", has_text="19:00").click()
    expect(page.locator(".bar[aria-current]")).to_contain_text("19:00")
    page.locator("#teachers a.list-row", has_text="Amy").click()
    sheet(page)
    at = house.evening(days=5, clock="19:00")
    house.book(household=other, teacher=Teacher.objects.get(name="Amy"), at=at)
    page.locator("#confirm-book").click()
    expect(page.locator("[data-refusal=slot_already_taken]")).to_be_visible()
    expect(page.locator("#nearest a")).to_have_count(2)
    expect(page.locator("#others a")).to_have_count(1)
    photograph(page, "family-gone")
    assert not Seat.objects.filter(learner_id=home.child.pk).exists()

    page.locator("#others a", has_text="Ben").click()
    expect(page.locator("#confirm-book")).to_be_visible()
    page.locator("#confirm-book").click()
    page.wait_for_url("**/family/?*")
    expect(page.locator("#next")).to_contain_text("Ben")


def test_a_teacher_is_found_by_name_and_by_tag(
    home: Household, opened: Opening, photograph: Photograph
) -> None:
    page = opened("/family/book/teachers", user=home.user)
    expect(page.locator("#book .person-name")).to_have_text(["Amy", "Ben"])
    photograph(page, "family-teachers")
    page.locator(".filter-tag").click()
    expect(page.locator("#book .person-name")).to_have_text(["Amy"])
    page.locator(".filter-tag").click()
    expect(page.locator("#book .person-name")).to_have_text(["Amy", "Ben"])
    page.locator("input[name=q]").fill("be")
    page.locator("input[name=q]").press("Enter")
    expect(page.locator("#book .person-name")).to_have_text(["Ben"])
    page.locator("#book .person-name a").click()
    expect(page.locator(".times a")).to_have_count(2)


def test_a_lesson_is_booked_with_the_keyboard_only(home: Household, opened: Opening) -> None:
    page = opened("/family/", user=home.user)
    go_to(page, "main a.btn-primary")
    page.keyboard.press("Enter")
    page.wait_for_url("**/family/book*")
    go_to(page, "#teachers a.list-row")
    page.keyboard.press("Enter")
    sheet(page)
    go_to(page, "#confirm-book")
    page.keyboard.press("Enter")
    page.wait_for_url("**/family/?*")
    assert Seat.objects.filter(learner_id=home.child.pk, state="live").count() == 1


def go_to(page: Page, selector: str) -> None:
    """Press Tab until the first such element has the focus."""
    wanted = page.locator(selector).first
    for _step in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{selector} is not reached by the keyboard")
