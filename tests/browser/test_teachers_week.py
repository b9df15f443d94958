"""Teachers at work: T-1 and T-2 by dragging, by tapping and by pattern; the feed; every page."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests import household as house
from tests import workplace
from tests.browser.conftest import (
    ALL_SCREENS,
    DESK_EN,
    DESK_ZH,
    PHONE_EN,
    PHONE_ZH,
    Opening,
    Screen,
)
from tests.workplace import Workplace
from yueke.inventory.models import Slot

Photograph = Callable[[Page, str], None]
TORONTO = ZoneInfo("America/Toronto")


@pytest.fixture
def work(transactional_db: None) -> Workplace:
    """Return a teacher with a lesson in three days, and an hour free after it."""
    made = workplace.open_workplace()
    at = house.evening(days=3)
    workplace.book(workplace=made, at=at)
    free = [at + timedelta(minutes=30), at + timedelta(hours=1)]
    house.release(teacher=made.teacher, starts=free)
    return made


def next_clock_change() -> date:
    """Return the first day from a fortnight on when the teacher's clocks change, a Sunday."""
    noon = datetime.combine(datetime.now(TORONTO).date(), time(12), TORONTO)
    days = (noon + timedelta(days=ahead) for ahead in range(14, 366))
    return next(
        day.date() for day in days if day.utcoffset() != (day - timedelta(days=1)).utcoffset()
    )


def open_day(opened: Opening, work: Workplace, at: datetime) -> Page:
    """Open the week of an instant; on a phone, its day."""
    local = at.astimezone(TORONTO)
    page = opened(f"/teacher/?week={local:%Y-%m-%d}", user=work.teacher_user)
    page.locator(".fc-timegrid-slots").wait_for()
    if page.locator(".fc-timeGridDay-view").count():
        for _ in range(local.weekday()):
            page.locator(".fc-next-button").click()
    page.locator(f".fc-timegrid-col[data-date='{local:%Y-%m-%d}']").wait_for()
    return page


def place(page: Page, at: datetime) -> tuple[float, float]:
    """Return where on the screen a half-hour of the teacher's clock is."""
    local = at.astimezone(TORONTO)
    lane = page.locator(f".fc-timegrid-slot-lane[data-time='{local:%H:%M}:00']")
    lane.scroll_into_view_if_needed()
    row = lane.bounding_box()
    column = page.locator(f".fc-timegrid-col[data-date='{local:%Y-%m-%d}']").bounding_box()
    assert row is not None
    assert column is not None
    return column["x"] + column["width"] / 2, row["y"] + row["height"] / 2


def drag(page: Page, first: datetime, last: datetime) -> None:
    """Drag with the mouse from one half-hour to another."""
    place(page, last)
    x, y = place(page, first)
    _, end = place(page, last)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, (y + end) / 2, steps=3)
    page.mouse.move(x, end, steps=3)
    page.mouse.up()


def offered(work: Workplace, at: datetime) -> int:
    """Return how many half-hours the teacher offers in the three hours from an instant."""
    slots = Slot.objects.filter(teacher_id=work.teacher.pk, state="open")
    return slots.filter(starts_at__gte=at, starts_at__lt=at + timedelta(hours=3)).count()


@pytest.mark.parametrize("screen", [DESK_EN, DESK_ZH], indirect=True, ids=lambda s: s.name)
def test_t_1_t_2_time_is_offered_and_taken_back_by_dragging(
    work: Workplace, opened: Opening, photograph: Photograph
) -> None:
    at = house.evening(days=4)
    half_hour = timedelta(minutes=30)
    page = open_day(opened, work, at)
    # What the teacher offers in the same week already, which depends on today.
    before = page.locator("#week-list .chip-open").count()
    expect(page.locator(".for-mouse")).to_be_visible()
    expect(page.locator(".for-finger")).to_be_hidden()
    drag(page, at, at + 3 * half_hour)
    expect(page.locator("#toasts [data-toast]")).to_have_count(1)
    assert offered(work, at) == 4
    drag(page, at + half_hour, at + 2 * half_hour)
    expect(page.locator("#toasts [data-toast]")).to_have_count(2)
    assert offered(work, at) == 2
    photograph(page, "teacher-week")
    with page.expect_response(lambda answer: "undo" in answer.url):
        page.locator("#toasts [data-toast]").last.locator("[hx-post]").click()
    expect(page.locator("#toasts [data-toast]")).to_have_count(2)
    expect(page.locator("#week-list .chip-open")).to_have_count(before + 1)
    assert offered(work, at) == 4


@pytest.mark.parametrize("screen", [PHONE_ZH, PHONE_EN], indirect=True, ids=lambda s: s.name)
def test_t_1_t_2_a_tap_opens_what_can_be_done_with_the_half_hour(
    work: Workplace, opened: Opening, photograph: Photograph
) -> None:
    at = house.evening(days=4)
    page = open_day(opened, work, at)
    expect(page.locator(".for-finger")).to_be_visible()
    expect(page.locator(".for-mouse")).to_be_hidden()
    page.touchscreen.tap(*place(page, at))
    sheet = page.locator("#sheet")
    sheet.locator("[hx-post$=release]").click()
    expect(page.locator("#toasts [data-toast]")).to_have_count(1)
    assert offered(work, at) == 1
    expect(page.locator(".fc-bg-event")).to_have_count(1)
    page.touchscreen.tap(*place(page, at))
    expect(sheet).to_be_visible()
    photograph(page, "teacher-time")
    sheet.locator("[hx-post$=withdraw]").click()
    expect(page.locator("#toasts [data-toast]")).to_have_count(2)
    assert offered(work, at) == 0


@pytest.mark.parametrize("screen", [PHONE_ZH], indirect=True, ids=lambda s: s.name)
def test_a_phone_opens_at_today_and_its_list_at_the_week(work: Workplace, opened: Opening) -> None:
    page = opened("/teacher/", user=work.teacher_user)
    today = datetime.now(TORONTO).date()
    expect(page.locator(f".fc-timegrid-col[data-date='{today}']")).to_be_visible()
    expect(page.locator("#week-list h3")).to_have_count(7)


def test_t_1_a_weekly_pattern_shows_what_it_does_before_it_is_offered(
    work: Workplace, opened: Opening, photograph: Photograph
) -> None:
    before = Slot.objects.count()
    page = opened("/teacher/pattern", user=work.teacher_user)
    page.locator("[name=first]").fill(f"{next_clock_change() - timedelta(days=13)}")
    page.locator("[name=line0-days][value='6']").check()
    expect(page.locator("#pattern-preview [data-clock-change]")).to_have_count(1)
    expect(page.locator("#pattern-preview dl")).to_have_count(4)
    photograph(page, "teacher-pattern")
    assert Slot.objects.count() == before
    page.locator("#pattern button[type=submit], #pattern button:not([formmethod])").last.click()
    expect(page.locator("#toasts [data-toast]")).to_be_visible()
    # Two hours on each of four Sundays.
    assert Slot.objects.count() == before + 16


def test_without_scripts_the_list_and_the_form_do_the_same(
    work: Workplace, opened: Opening
) -> None:
    at = house.evening(days=3).astimezone(TORONTO)
    page = opened(f"/teacher/?week={at:%Y-%m-%d}", user=work.teacher_user)
    page.context.route("**/*.js", lambda route: route.abort())
    page.reload()
    page.locator("#week-list a:has(.chip-open)").click()
    page.locator("button[formaction$=withdraw]").click()
    expect(page.locator("#toasts [data-toast]")).to_be_visible()
    assert offered(work, at) == 0


@pytest.mark.parametrize("screen", ALL_SCREENS, indirect=True, ids=lambda s: s.name)
def test_every_page_of_teachers_fits_the_screen(
    work: Workplace, opened: Opening, photograph: Photograph, screen: Screen
) -> None:
    page = opened("/teacher/lessons", user=work.teacher_user)
    photograph(page, "teacher-lessons")
    page.locator("[data-row-open]").click()
    expect(page.locator("#sheet .person")).to_be_visible()
    photograph(page, "teacher-lesson")
    for path in ("/teacher/", "/teacher/pattern", "/teacher/calendar", "/teacher/time"):
        page.goto(page.url.split("/teacher")[0] + path)
        photograph(page, f"teacher{path.removeprefix('/teacher').replace('/', '-')}")
        assert page.evaluate("document.documentElement.scrollWidth") <= screen.width
