"""Live-class support's day: SD-8, who waits at the door comes first; F-9, an absence taken back."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import asking, workplace
from tests import household as house
from tests.browser.conftest import Opening, Screen
from tests.workplace import Workplace
from yueke.booking.models import Lesson, Seat
from yueke.curriculum.models import Product
from yueke.kernel.grid import HALF_HOUR, floor
from yueke.people.models import Learner
from yueke.portals import ids
from yueke.supply.matching.models import Wait

Photograph = Callable[[Page, str], None]


@pytest.fixture
def work(transactional_db: None) -> Workplace:
    """Return a workplace with a lesson that is on now."""
    made = workplace.open_workplace()
    # It lasts until the next begins.
    Product.objects.update(minutes=30)
    start = floor(timezone.now())
    house.release(teacher=made.teacher, starts=[start], now=start - HALF_HOUR)
    asking.book_one(
        actor=asking.staff_of(market_id=made.market.pk),
        command=asking.to_book(learner=made.learner, teacher=made.teacher, starts_at=start),
        now=start - HALF_HOUR,
    )
    return made


def at_the_door(work: Workplace, *, name: str, minutes: int) -> None:
    """Let a learner wait for so many minutes."""
    learner = workplace.add_learner(workplace=work, name=name)
    at = house.evening(days=2) + minutes * HALF_HOUR
    booked = workplace.book(workplace=work, at=at, learner=learner)
    Wait.objects.create(
        seat_id=booked.seat_id,
        market_id=work.market.pk,
        lesson_id=booked.lesson_id,
        learner_id=learner.pk,
        product_id=work.home.products["major"].pk,
        skill="major:3",
        starts_at=at,
        entered_at=timezone.now() - timedelta(minutes=minutes),
        alerted_at=timezone.now() if minutes > 5 else None,
    )


def test_sd_8_who_waits_at_the_door_is_one_click_from_their_lesson(
    work: Workplace, opened: Opening, photograph: Photograph, screen: Screen
) -> None:
    at_the_door(work, name="刚来", minutes=2)
    at_the_door(work, name="久等", minutes=8)
    user = workplace.add_staff(workplace=work, channel="fireman")
    page = opened("/staff/", user=user)
    first = page.locator("#queue .list-row").first
    expect(first).to_contain_text("久等")
    expect(page.locator("#queue .chip-trouble").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= screen.width
    first.scroll_into_view_if_needed()
    photograph(page, "console-door")
    first.click()
    expect(page.locator("#drawer")).to_contain_text("久等")


def test_f_9_an_absence_is_taken_back_on_the_lessons_page(
    work: Workplace, opened: Opening, photograph: Photograph
) -> None:
    seat = ids.SEAT.show(Seat.objects.get().pk)
    user = workplace.add_staff(workplace=work, channel="fireman")
    page = opened(f"/staff/lessons/{seat}", user=user)
    page.locator("[hx-get$='/teacher-absent']").click()
    page.locator("#sheet [name=reason]").fill("等了十分钟")
    page.locator("#sheet .sheet-actions .btn").click()
    expect(page.locator("[hx-get$='/undo-absence']")).to_be_visible()
    photograph(page, "lesson-absent")
    page.locator("[hx-get$='/undo-absence']").click()
    page.locator("#sheet [name=reason]").fill("老师到了")
    page.wait_for_timeout(300)
    photograph(page, "lesson-undo-absence")
    page.locator("#sheet .sheet-actions .btn-primary").click()
    expect(page.locator("[hx-get$='/teacher-absent']")).to_be_visible()
    assert Lesson.objects.get().state == "booked"


def test_f_9_an_absence_is_taken_back_from_its_toast(
    work: Workplace, opened: Opening, photograph: Photograph
) -> None:
    seat = ids.SEAT.show(Seat.objects.get().pk)
    user = workplace.add_staff(workplace=work, channel="fireman")
    page = opened(f"/staff/lessons/{seat}", user=user)
    page.locator("[hx-get$='/learner-absent']").click()
    page.locator("#sheet [name=reason]").fill("等了十分钟")
    page.locator("#sheet .sheet-actions .btn").click()
    undo = page.locator("#toasts [hx-post*='/undo']")
    expect(undo).to_be_visible()
    assert Lesson.objects.get().state == "finished"
    photograph(page, "lesson-absent-toast")
    undo.click()
    expect(page.locator("[hx-get$='/learner-absent']")).to_be_visible()
    assert Lesson.objects.get().state == "booked"


def test_lp_10_what_my_learners_lost_leads_to_the_catch_up(
    work: Workplace, opened: Opening, photograph: Photograph
) -> None:
    user = workplace.add_staff(workplace=work, channel="lp")
    Learner.objects.filter(pk=work.learner.pk).update(class_teacher=user.staff)
    booked = workplace.book(workplace=work, at=house.evening(days=2))
    asking.cancel(
        actor=asking.staff_of(market_id=work.market.pk), seats=[booked.seat_id], now=timezone.now()
    )
    page = opened("/staff/mine", user=user)
    photograph(page, "mine-lost")
    page.locator("[hx-get$='/catch-up']").click()
    expect(page.locator("#sheet [name=lost] option")).to_have_count(1)
