"""SD-7: supply looks at a week of overbooking, and changes its strategy once the effect is seen."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import household as house
from tests import workplace
from tests.browser.conftest import ALL_SCREENS, Opening, Screen
from tests.pages.overbooked import evenings, free_teacher, overbook, sell_trials, set_strategy
from tests.workplace import Workplace
from yueke.booking.overbooking.models import OverbookStep
from yueke.supply.overbooking import holds

Photograph = Callable[[Page, str], None]
AT = house.evening(days=3)
TAKEN = {"18:30": 2, "19:00": 5, "19:30": 3, "20:00": 4, "21:00": 1}


@pytest.fixture
def work(transactional_db: None) -> Workplace:
    """Return a workplace where trials of one evening are overbooked, and some teachers held."""
    made = workplace.open_workplace()
    sell_trials(work=made)
    set_strategy(work=made, steps=evenings(ceiling=5, ratio_percent=80, floor=1), reason="晚高峰")
    for clock, taken in TAKEN.items():
        at = house.evening(days=3, clock=clock)
        for place in range(taken):
            learner = workplace.add_learner(workplace=made, name=f"新{clock}{place}")
            overbook(work=made, at=at, learner=learner)
        for place in range(2):
            free_teacher(work=made, at=at, name=f"T {clock} {place}")
    holds.occupy(market_id=made.market.pk, now=timezone.now())
    return made


def days(screen: Screen) -> str:
    """Return what finds the days to choose from."""
    return ".days .day" if screen.is_phone else ".week-chart .day-chart"


@pytest.mark.parametrize("screen", ALL_SCREENS, indirect=True, ids=lambda s: s.name)
def test_sd_7_the_strategy_is_changed_once_its_effect_was_seen(
    work: Workplace, opened: Opening, photograph: Photograph, screen: Screen
) -> None:
    weekday = AT.astimezone(ZoneInfo(house.ZONE)).weekday()
    user = workplace.add_staff(workplace=work, channel="supply")
    page = opened(f"/staff/overbooking?week={AT:%Y-%m-%d}&day={(weekday + 1) % 7}", user=user)
    page.locator(days(screen)).nth(weekday).click()
    expect(page.locator(f"#chart-{weekday + 1}")).to_have_attribute("aria-current", "date")
    expect(page.locator("#overbooking-day tbody tr")).to_have_count(8)
    expect(page.locator("#overbooking-day tbody tr").nth(2)).to_contain_text("5")
    assert page.evaluate("document.documentElement.scrollWidth") <= screen.width
    photograph(page, "overbooking")
    page.locator("[hx-get*='overbooking/strategy']").click()
    page.locator(f"[name=ceiling_{2 * weekday}]").fill("3")
    page.locator("#sheet [name=reason]").fill("老师不够")
    page.locator("#sheet .sheet-actions .btn-primary").click()
    told = page.locator("#sheet [role=status]")
    expect(told).to_contain_text("19:00")
    page.locator("#sheet").evaluate("sheet => sheet.scrollTo(0, 0)")
    page.wait_for_timeout(300)
    photograph(page, "overbooking-preview")
    assert OverbookStep.objects.filter(ceiling=5).count() == 7
    page.locator("#sheet .sheet-actions .btn-primary").click()
    expect(page.locator("#overbooking .timeline li")).to_have_count(2)
    expect(page.locator("#overbooking-day .chip-trouble")).to_have_count(2)
    assert OverbookStep.objects.filter(ceiling=5).count() == 6
    page.wait_for_timeout(300)
    photograph(page, "overbooking-changed")
    page.locator("#strategy").scroll_into_view_if_needed()
    photograph(page, "overbooking-strategy")


@pytest.mark.parametrize("screen", ALL_SCREENS, indirect=True, ids=lambda s: s.name)
def test_the_chart_leads_to_each_day_by_keys(
    work: Workplace, opened: Opening, screen: Screen
) -> None:
    user = workplace.add_staff(workplace=work, channel="cc")
    page = opened(f"/staff/overbooking?week={AT:%Y-%m-%d}&day=0", user=user)
    friday = page.locator(days(screen)).nth(4)
    friday.focus()
    page.keyboard.press("Enter")
    expect(friday).to_have_attribute("aria-current", "date")
    expect(friday).to_be_focused()
    assert "day=4" in page.url
    expect(page.locator("[hx-get*='overbooking/strategy']")).to_have_count(0)
