"""IN-1 and targeting by hand: half-hours ticked, what happens seen, done, and undone."""

from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests import household as house
from tests import workplace
from tests.browser.conftest import ALL_SCREENS, DESK_EN, DESK_ZH, Opening, Screen
from tests.workplace import Workplace
from yueke.inventory.models import Slot
from yueke.portals import ids
from yueke.portals.stamps import show_stamp

Photograph = Callable[[Page, str], None]
HALF_HOUR = timedelta(minutes=30)

SUNDAY = 6


@pytest.fixture
def work(transactional_db: None) -> Workplace:
    """Return a teacher with a lesson in three days, and an hour free after it."""
    made = workplace.open_workplace()
    at = house.evening(days=3)
    workplace.book(workplace=made, at=at)
    house.release(teacher=made.teacher, starts=[at + HALF_HOUR, at + 2 * HALF_HOUR])
    return made


def open_week(opened: Opening, work: Workplace, channel: str, do: str) -> Page:
    """Open the week of the lesson for somebody behind a channel, with a deed chosen."""
    user = workplace.add_staff(workplace=work, channel=channel)
    teacher = ids.TEACHER.show(work.teacher.pk)
    page = opened(
        f"/staff/teachers/{teacher}/week?week={house.evening(days=3):%Y-%m-%d}", user=user
    )
    page.locator("a.btn[href*='/times']").click()
    page.locator(f"[name=do][value={do}]").check()
    return page


def cell(page: Page, half_hours: int) -> str:
    """Return what finds the half-hour that many after the lesson begins."""
    return f".cell-pick:has([value='{show_stamp(house.evening(days=3) + half_hours * HALF_HOUR)}'])"


def kept(work: Workplace) -> list[str | None]:
    """Return for what kind of target each half-hour after the lesson is kept."""
    slots = Slot.objects.filter(teacher_id=work.teacher.pk, state="open").order_by("starts_at")
    return list(slots.values_list("target_kind", flat=True))


@pytest.mark.parametrize("screen", ALL_SCREENS, indirect=True, ids=lambda s: s.name)
def test_in_1_half_hours_are_offered_for_one_kind_of_lesson_and_undone(
    work: Workplace, opened: Opening, photograph: Photograph, screen: Screen
) -> None:
    page = open_week(opened, work, "international", "offer-product")
    page.locator("[name=product]").select_option("special")
    for step in (3, 4):
        page.locator(cell(page, step)).click()
    expect(page.locator("[data-pick-count]")).to_have_text("2")
    photograph(page, "staff-times")
    assert page.evaluate("document.documentElement.scrollWidth") <= screen.width
    page.locator(".bulk-bar .btn-primary").click()
    expect(page.locator("#sheet .facts")).to_contain_text("20:30–21:30")
    page.wait_for_timeout(300)
    photograph(page, "staff-times-sheet")
    assert kept(work) == [None, None]
    page.locator("#sheet .sheet-actions .btn-primary").click()
    expect(page.locator("#times-week .cell-open")).to_have_count(4)
    expect(page.locator("[data-pick-told]")).to_be_hidden()
    assert kept(work) == [None, None, "product", "product"]
    page.wait_for_timeout(300)
    photograph(page, "staff-times-done")
    page.locator("#toasts [hx-post]").click()
    expect(page.locator("#times-week .cell-open")).to_have_count(2)
    assert kept(work) == [None, None]


def test_a_half_hour_is_kept_for_a_learner_who_is_looked_for(
    work: Workplace, opened: Opening, photograph: Photograph
) -> None:
    page = open_week(opened, work, "lp", "keep-student")
    page.locator(cell(page, 1)).click()
    page.locator(".bulk-bar .btn-primary").click()
    expect(page.locator("#sheet [role=alert]")).to_be_visible()
    page.locator("#sheet [data-sheet-close]").first.click()
    page.locator("[name=q]").fill("乐")
    expect(page.locator("#times-learners [name=learner]")).to_be_checked()
    until = house.evening(days=2).astimezone(ZoneInfo(house.ZONE))
    page.locator("[name=until]").fill(f"{until:%Y-%m-%dT%H:%M}")
    photograph(page, "staff-times-learner")
    page.locator(".bulk-bar .btn-primary").click()
    expect(page.locator("#sheet")).to_contain_text("乐乐")
    page.locator("#sheet .sheet-actions .btn-primary").click()
    expect(page.locator(f"{cell(page, 1)}[title*='乐乐']")).to_be_visible()
    assert kept(work) == ["student", None]


@pytest.mark.parametrize("screen", [DESK_EN, DESK_ZH], indirect=True, ids=lambda s: s.name)
def test_half_hours_are_ticked_by_dragging_and_by_keys(work: Workplace, opened: Opening) -> None:
    page = open_week(opened, work, "international", "offer-product")
    page.locator(cell(page, 3)).scroll_into_view_if_needed()
    page.locator(cell(page, 3)).hover()
    page.mouse.down()
    for step in (4, 5):
        page.locator(cell(page, step)).hover()
    page.mouse.up()
    expect(page.locator("[data-pick-count]")).to_have_text("3")
    page.locator(cell(page, 5)).locator("input").focus()
    page.keyboard.press("Space")
    expect(page.locator("[data-pick-count]")).to_have_text("2")
    page.keyboard.press("ArrowUp")
    # Sunday is the last column.
    is_last = house.evening(days=3).weekday() == SUNDAY
    page.keyboard.press("Shift+ArrowLeft" if is_last else "Shift+ArrowRight")
    expect(page.locator("[data-pick-count]")).to_have_text("3")
    page.keyboard.press("Enter")
    expect(page.locator("#sheet .sheet-actions .btn-primary")).to_be_visible()


def test_without_scripts_the_form_does_the_same(work: Workplace, opened: Opening) -> None:
    page = open_week(opened, work, "lp", "keep-student")
    page.context.route("**/*.js", lambda route: route.abort())
    page.reload()
    page.locator(cell(page, 1)).click()
    page.locator("[name=do][value=keep-student]").check()
    page.locator("[name=q]").fill("乐")
    page.locator("[formaction]").click()
    expect(page.locator(f"{cell(page, 1)} input")).to_be_checked()
    page.locator(".bulk-bar .btn-primary").click()
    page.locator(".sheet-actions .btn-primary").click()
    expect(page.locator("#toasts [data-toast]")).to_be_visible()
    assert kept(work) == ["student", None]
