"""Staff at work: LP-1 stores a rule and sees what it brings; SD-10 books a missed lesson."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import household as house
from tests import workplace
from tests.browser.conftest import Opening, Screen
from tests.pages.test_staff_auto import rules_of, run
from tests.spec.supply import weeks
from tests.spec.supply.weeks import monday
from tests.workplace import Workplace
from yueke.people.models import User
from yueke.portals import ids
from yueke.supply.autobooking.models import AutoRule
from yueke.supply.runs.models import WeeklyRow

Photograph = Callable[[Page, str], None]


@pytest.fixture
def work(transactional_db: None) -> Workplace:
    """Return a teacher who is free on the evening of next Monday."""
    return workplace.open_workplace()


@pytest.fixture
def partner(work: Workplace) -> User:
    """Return a learning partner's login."""
    return workplace.add_staff(workplace=work, channel="lp")


def test_lp_1_stores_a_rule_on_the_learners_page_and_pauses_it(
    work: Workplace, partner: User, opened: Opening, photograph: Photograph
) -> None:
    house.release(teacher=work.teacher, starts=[weeks.at(monday(), 0, "19:00")])
    page = opened(rules_of(work.learner), user=partner)
    page.locator(".title .btn-primary").first.click()
    page.locator("[name=day_0]").select_option("0")
    page.locator("[name=clock_0]").select_option("38")
    photograph(page, "auto-rule")
    page.locator("[form=auto-rule-form]").click()
    expect(page.locator("#auto-rules .card")).to_have_count(1)
    expect(page.locator("#auto-rules [data-row]").first).to_contain_text("Amy")
    photograph(page, "auto-rules")
    assert AutoRule.objects.get().times == [38]
    page.locator("#auto-rules form button").first.click()
    expect(page.locator("#auto-rules [data-row]")).to_have_count(0)
    assert not AutoRule.objects.get().is_active


def test_sd_10_a_missed_lesson_says_why_and_is_booked_with_one_click(
    work: Workplace, partner: User, opened: Opening, photograph: Photograph, screen: Screen
) -> None:
    other = workplace.add_learner(workplace=work, name="贝贝")
    found = run(work, work.learner, other, hours=("19:00", "20:00"))
    page = opened(f"/staff/auto/{ids.AUTO_RUN.show(found.pk)}?state=missed", user=partner)
    photograph(page, "auto-run")
    page.locator("[data-row-open]").first.click()
    page.locator(".sheet-body .btn-primary").first.wait_for()
    photograph(page, "auto-row")
    page.locator(".sheet-body .btn-primary").first.click()
    expect(page.locator("[data-row-open]")).to_have_count(0)
    assert set(WeeklyRow.objects.values_list("state", flat=True)) == {"booked"}
