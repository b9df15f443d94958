"""The week of supply as a map, what a wave of lessons would meet, and the list of timers."""

from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django import app

from tests import household as house
from tests import workplace
from tests.workplace import Workplace
from yueke.portals.staff.timers import timers
from yueke.portals.stamps import show_stamp

pytestmark = pytest.mark.django_db
AT = house.evening(days=8)


@pytest.fixture
def work(client: Client) -> Workplace:
    """Return a workplace where supply is logged in, spoken to in English."""
    client.cookies["django_language"] = "en"
    made = workplace.open_workplace()
    client.force_login(workplace.add_staff(workplace=made, channel="supply"))
    return made


def board(client: Client, query: dict[str, str] | None = None) -> str:
    """Return the page of the week."""
    week = {"week": f"{AT.astimezone().date():%Y-%m-%d}", **(query or {})}
    return client.get(reverse("staff_supply"), week).content.decode()


def test_a_half_hour_shows_what_is_booked_and_open_and_leads_to_the_rows(
    client: Client, work: Workplace
) -> None:
    workplace.book(workplace=work, at=AT)
    house.add_teacher(market=work.market, name="Tom", free=[AT])
    page = board(client)
    url = reverse("staff_supply_cell", args=[show_stamp(AT)])
    assert url in page
    assert "open 1, held 0, booked 1, requested 0, without a teacher 0" in page
    assert "50.0" in page
    sheet = client.get(url).content.decode()
    assert "Tom" in sheet
    assert work.learner.name in sheet


def test_a_wave_is_spread_over_the_teachers_who_are_open(client: Client, work: Workplace) -> None:
    for name in ("Tom", "Ann", "Kim"):
        house.add_teacher(market=work.market, name=name, free=[AT])
    local = AT.astimezone(ZoneInfo(house.ZONE))
    wave = {"count": "5", "product": "major", "weekday": str(local.weekday())}
    page = board(client, {**wave, "from": "18:00", "to": "20:00"})
    assert "3 could be taught" in page
    assert "2 would have none" in page


def test_an_empty_week_says_what_to_do(client: Client, work: Workplace) -> None:
    assert "Nothing is offered in this week" in board(client)


def test_the_week_is_taken_away_as_a_file(client: Client, work: Workplace) -> None:
    house.add_teacher(market=work.market, name="Tom", free=[AT])
    week = {"week": f"{AT.astimezone().date():%Y-%m-%d}", "format": "csv"}
    text = client.get(reverse("staff_supply"), week).content.decode("utf-8-sig")
    assert len(text.strip().splitlines()) == 2


@pytest.mark.parametrize("page", ["staff_supply", "staff_timers"])
@pytest.mark.parametrize("channel", ["lp", "cc", "tmk", "fireman", "marketing"])
def test_supply_and_timers_are_not_for_others(
    client: Client, work: Workplace, page: str, channel: str
) -> None:
    client.force_login(workplace.add_staff(workplace=work, channel=channel))
    assert client.get(reverse(page)).status_code == 403


def test_every_timer_is_listed_with_its_next_moment(client: Client, work: Workplace) -> None:
    listed = {timer.task for timer in timers()}
    assert listed == {task.task.name for task in app.periodic_registry.periodic_tasks.values()}
    page = client.get(reverse("staff_timers")).content.decode()
    for timer in timers():
        assert timer.name_en in page
    assert "Mondays 12:03" in page
    assert "Every 2 seconds" in page
    assert "Each hour, minute 28, 58" in page
    assert "* * *" not in page
    found = client.get(reverse("staff_timers"), {"q": "auto"}).content.decode()
    assert "Auto-booking" in found
    assert "Messages sent" not in found
