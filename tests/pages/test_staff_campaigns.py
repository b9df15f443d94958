"""The pages of campaigns: marketing makes them and changes them, colleagues read them."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import workplace
from tests.workplace import Workplace
from yueke.portals import ids
from yueke.wallet.campaigns.models import Campaign

pytestmark = pytest.mark.django_db
FORM = {
    "name_zh": "双十一",
    "name_en": "Double eleven",
    "cause": "lesson.finished",
    "amount": "10",
    "budget": "1000",
    "first_day": "2026-11-01",
    "last_day": "2099-11-11",
    "limit_per_learner": "",
    "valid_days": "30",
    "reason": "plan",
    "request_key": "once",
}


@pytest.fixture
def work(client: Client) -> Workplace:
    """Return a workplace, spoken to in English."""
    client.cookies["django_language"] = "en"
    return workplace.open_workplace()


def enter(client: Client, work: Workplace, channel: str) -> None:
    """Log in somebody behind a channel."""
    client.force_login(workplace.add_staff(workplace=work, channel=channel))


def test_marketing_makes_a_campaign_once_and_changes_it(client: Client, work: Workplace) -> None:
    enter(client, work, "marketing")
    assert "No campaign yet" in client.get(reverse("staff_campaigns")).content.decode()
    for _ in range(2):
        assert client.post(reverse("staff_campaign_new"), FORM).status_code == 302
    campaign = Campaign.objects.get()
    assert (campaign.amount, campaign.budget, campaign.valid_days) == (10, 1000, 30)
    # Days of the market, whose clock is eight hours ahead.
    assert f"{campaign.begins_at:%Y-%m-%d %H:%M}" == "2026-10-31 16:00"
    assert f"{campaign.ends_at:%Y-%m-%d %H:%M}" == "2099-11-11 16:00"
    page = client.get(reverse("staff_campaigns")).content.decode()
    for words in ("Double eleven", "A lesson is finished", "Running"):
        assert words in page
    sheet = reverse("staff_campaign", args=[ids.CAMPAIGN.show(campaign.pk)])
    assert "Nobody has earned anything yet." in client.get(sheet).content.decode()
    change = {"budget": "500", "last_day": "", "reason": "less", "request_key": "twice"}
    assert client.post(sheet, change).status_code == 302
    campaign.refresh_from_db()
    assert campaign.budget == 500
    file = client.get(reverse("staff_campaigns"), {"format": "csv"}).content.decode("utf-8-sig")
    assert "Double eleven,A lesson is finished,10,0,500," in file


def test_a_campaign_that_cannot_be_is_refused_where_it_stands(
    client: Client, work: Workplace
) -> None:
    enter(client, work, "marketing")
    answer = client.post(reverse("staff_campaign_new"), {**FORM, "budget": "9"})
    assert answer.status_code == 422
    assert "What is wrong with it: budget." in answer.content.decode()
    assert not Campaign.objects.exists()


def test_colleagues_read_and_do_not_change(client: Client, work: Workplace) -> None:
    enter(client, work, "marketing")
    client.post(reverse("staff_campaign_new"), FORM)
    sheet = reverse("staff_campaign", args=[ids.CAMPAIGN.show(Campaign.objects.get().pk)])
    enter(client, work, "lp")
    page = client.get(reverse("staff_campaigns")).content.decode()
    assert "Double eleven" in page
    assert reverse("staff_campaign_new") not in page
    assert "campaign-form" not in client.get(sheet).content.decode()
    assert client.get(reverse("staff_campaign_new")).status_code == 403
    change = {"budget": "500", "last_day": "", "reason": "less", "request_key": "twice"}
    assert client.post(sheet, change).status_code == 403
    assert Campaign.objects.get().budget == 1000
    enter(client, work, "fireman")
    assert client.get(reverse("staff_campaigns")).status_code == 403
