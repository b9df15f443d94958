"""The page of policies: everybody on staff reads it, operations change it, it says since when."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import workplace
from tests.workplace import Workplace
from yueke.people import policies
from yueke.people.models import PolicyValue

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(client: Client) -> Workplace:
    """Return a workplace, spoken to in English."""
    client.cookies["django_language"] = "en"
    return workplace.open_workplace()


def enter(client: Client, work: Workplace, channel: str) -> None:
    """Log in somebody behind a channel."""
    client.force_login(workplace.add_staff(workplace=work, channel=channel))


def sheet() -> str:
    """Return the address of the sheet of one policy of one product."""
    return reverse("staff_policy", args=["free_cancel_hours"]) + "?product=major"


def test_a_change_takes_effect_and_stands_in_the_history(client: Client, work: Workplace) -> None:
    enter(client, work, "supply")
    assert "24 hours" in client.get(sheet()).content.decode()
    form = {"value": "12", "first_day": "", "reason": "family day", "request_key": "once"}
    for _ in range(2):
        assert client.post(sheet(), form).status_code == 302
    assert PolicyValue.objects.count() == 1
    now = policies.in_force(market_id=work.market.pk, at=timezone.now())
    major = work.home.products["major"]
    assert now.number("free_cancel_hours", major.pk) == 12
    page = client.get(sheet()).content.decode()
    for words in ("24 hours → 12 hours", "family day", "supply 王"):
        assert words in page
    assert "12 hours" in client.get(reverse("staff_policies")).content.decode()


def test_a_change_may_be_decided_for_later(client: Client, work: Workplace) -> None:
    enter(client, work, "supply")
    form = {"value": "12", "first_day": "2099-01-05", "reason": "x", "request_key": "once"}
    client.post(sheet(), form)
    page = client.get(reverse("staff_policies"), {"q": "major"}).content.decode()
    assert "24 hours" in page
    assert "12 hours" in page
    assert "5 Jan 2099" in page
    file = client.get(reverse("staff_policies"), {"format": "csv"}).content.decode("utf-8-sig")
    assert "Free cancellation,Major course,24 hours,,12 hours,2099-01-05 00:00" in file


@pytest.mark.parametrize("value", ["", "x", "-1", "1000"])
def test_a_value_that_cannot_be_is_refused_where_it_stands(
    client: Client, work: Workplace, value: str
) -> None:
    enter(client, work, "supply")
    form = {"value": value, "first_day": "", "reason": "x", "request_key": "once"}
    answer = client.post(sheet(), form)
    assert answer.status_code == 422
    assert "It may be: 0–336." in answer.content.decode()
    assert not PolicyValue.objects.exists()


def test_a_moment_is_chosen_by_the_clocks_of_the_desk(client: Client, work: Workplace) -> None:
    enter(client, work, "supply")
    url = reverse("staff_policy", args=["open_class_handover"])
    page = client.get(url).content.decode()
    assert 'type="datetime-local"' in page
    assert "for whatever is done from then on" in page
    form = {"first_day": "", "reason": "x", "request_key": "once"}
    for odd in ("2026-13-01T08:00", "0001-01-01T00:00", "tomorrow"):
        assert client.post(url, {**form, "value": odd}).status_code == 422
    client.post(url, {**form, "value": "2099-01-05T08:30"})
    now = policies.in_force(market_id=work.market.pk, at=timezone.now())
    assert now.text("open_class_handover") == "2099-01-05T00:30:00Z"
    assert 'value="2099-01-05T08:30"' in client.get(url).content.decode()
    client.post(url, {**form, "value": "", "request_key": "again"})
    now = policies.in_force(market_id=work.market.pk, at=timezone.now())
    assert now.moment("open_class_handover") is None


def test_others_on_staff_read_and_do_not_change(client: Client, work: Workplace) -> None:
    enter(client, work, "lp")
    page = client.get(sheet()).content.decode()
    assert "policy-form" not in page
    form = {"value": "12", "first_day": "", "reason": "x", "request_key": "once"}
    assert client.post(sheet(), form).status_code == 403
    assert not PolicyValue.objects.exists()
