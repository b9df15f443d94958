"""A lesson begins now: seen with whom, booked with that teacher, or said that nobody is free."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from tests import household as house
from tests.household import Household
from yueke.booking.models import Seat
from yueke.kernel.grid import HALF_HOUR, floor
from yueke.people.models import PolicyValue
from yueke.portals.stamps import show_stamp

pytestmark = pytest.mark.django_db
PAGE = "family_start_now"


@pytest.fixture
def home(client: Client) -> Household:
    """Return a family on a phone, in a market where the next half-hour may always be taken."""
    market, products = house.open_market()
    made = house.add_household(market=market, products=products, language="en")
    now = datetime.now(UTC)
    for number, name in enumerate(("start_now_before_minutes", "start_now_into_minutes")):
        value = "0" if number == 0 else "30"
        PolicyValue.objects.create(
            id=number + 1, market_id=market.id, name=name, value=value, from_at=now - HALF_HOUR
        )
    client.force_login(made.user)
    client.cookies["django_language"] = "en"
    client.get(reverse("enter_h5"))
    return made


def free_now(home: Household, name: str) -> None:
    """Add a teacher whose running and next half-hours are open."""
    start = floor(datetime.now(UTC))
    teacher = house.add_teacher(market=home.market, name=name, free=[])
    starts = [start + HALF_HOUR * step for step in range(3)]
    house.release(teacher=teacher, starts=starts, now=start - HALF_HOUR)


def test_h5_11_a_lesson_is_seen_and_begins_with_one_tap(client: Client, home: Household) -> None:
    free_now(home, "Amy")
    assert reverse(PAGE) in client.get(reverse("family_home")).content.decode()
    body = client.get(reverse(PAGE)).content.decode()
    assert "Amy" in body
    assert not Seat.objects.exists()
    form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', body))
    for _click in range(2):
        answer = client.post(reverse(PAGE), {**form, "pay": "credit"})
        assert answer.status_code == 302
    seat = Seat.objects.get()
    assert abs(seat.starts_at - datetime.now(UTC)) <= HALF_HOUR
    assert "Amy" in client.get(answer["Location"]).content.decode()


def test_h5_11_another_half_hour_than_the_one_seen_is_shown_first(
    client: Client, home: Household
) -> None:
    free_now(home, "Amy")
    body = client.get(reverse(PAGE)).content.decode()
    form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', body))
    # As if it had been seen half an hour ago.
    seen = show_stamp(floor(datetime.now(UTC)) - HALF_HOUR)
    answer = client.post(reverse(PAGE), {**form, "pay": "credit", "at": seen})
    assert answer.status_code == 409
    assert not Seat.objects.exists()
    again = answer.content.decode()
    assert "That time is gone" in again
    form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', again))
    assert client.post(reverse(PAGE), {**form, "pay": "credit"}).status_code == 302
    assert Seat.objects.count() == 1


def test_h5_11_nobody_free_is_said_with_what_to_try(client: Client, home: Household) -> None:
    answer = client.get(reverse(PAGE))
    assert answer.status_code == 409
    assert "book another time" in answer.content.decode()


def test_h5_11_is_not_for_pc(client: Client, home: Household) -> None:
    free_now(home, "Amy")
    client.get(reverse("enter_pc"))
    assert reverse(PAGE) not in client.get(reverse("family_home")).content.decode()
    assert client.get(reverse(PAGE)).status_code == 403
    assert client.post(reverse(PAGE), {"request_key": "k", "pay": "credit"}).status_code == 403
    assert not Seat.objects.exists()
