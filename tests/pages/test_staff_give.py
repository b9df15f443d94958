"""M-1: a list of learners is given something, of a campaign or else: seen before, told after."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import asking, snapshot, workplace
from tests.pages.test_staff_bulk import work_off
from tests.workplace import Workplace
from yueke.booking.models import Bulk
from yueke.people import channels
from yueke.portals import ids
from yueke.portals.asked import FIELD
from yueke.wallet.campaigns import commands as campaigns
from yueke.wallet.campaigns.models import Campaign, CampaignGrant
from yueke.wallet.models import Account
from yueke.wallet.queries import balances

pytestmark = pytest.mark.django_db
STAFF = [code for code, channel in channels.channels().items() if channel.side == "staff"]
GIVE = {
    "asset": "coupon",
    "amount": "2",
    "product": "",
    "last_day": "2099-01-31",
    "reason": "sorry",
}


@pytest.fixture
def work(client: Client) -> Workplace:
    """Return a workplace where marketing is logged in, spoken to in English."""
    client.cookies["django_language"] = "en"
    made = workplace.open_workplace()
    client.force_login(workplace.add_staff(workplace=made, channel="marketing"))
    return made


def learners(work: Workplace, *names: str) -> list[int]:
    """Add learners, and return their numbers."""
    return [workplace.add_learner(workplace=work, name=name).pk for name in names]


def pasted(*numbers: int) -> str:
    """Return ids as somebody pastes them from a sheet."""
    return "\n".join(ids.LEARNER.show(number) for number in numbers) + "\n"


def campaign(work: Workplace, *, budget: int = 1000, cause: str = "named") -> str:
    """Make a campaign of sixty stones a time, and return its id."""
    actor = asking.staff_of(market_id=work.market.pk, channel="marketing")
    now = timezone.now()
    [made] = asking.done(
        campaigns.create(
            asking.request(actor=actor, now=now),
            name_zh="老带新", name_en="Bring a friend", cause=cause, amount=60, budget=budget,
            begins_at=now, ends_at=now + timedelta(days=30),
        )
    )  # fmt: skip
    return ids.CAMPAIGN.show(made.campaign_id)


def seen(client: Client, url: str, fields: dict[str, str]) -> tuple[str, dict[str, str]]:
    """Look at the effect; return the page, and the fields that confirm it."""
    page = client.post(url, {FIELD: "once", **fields})
    assert page.status_code == 200, page.content.decode()
    text = page.content.decode()
    sealed = re.search(r'name="confirm" value="(\w+)"', text)
    return text, {FIELD: "once", **fields, "confirm": sealed[1] if sealed else ""}


def stones(work: Workplace, learner_id: int) -> int:
    """Return how many stones a learner has."""
    now = timezone.now()
    return balances(market_id=work.market.pk, learner_id=learner_id, now=now).get("stone", 0)


def test_m_1_a_list_is_given_coupons_after_each_was_seen(client: Client, work: Workplace) -> None:
    first, second = learners(work, "甲", "乙")
    before = snapshot.take()
    stranger = 10**9
    fields = {**GIVE, "learners": pasted(first, second, first, stranger)}
    page, confirm = seen(client, reverse("staff_give"), fields)
    assert page.count("will get it") == 2
    assert "Give to 2 learners" in page
    assert snapshot.changes(before) == {}
    started = client.post(reverse("staff_give"), confirm)
    assert started.status_code == 302
    assert client.post(reverse("staff_give"), confirm).headers["Location"] == started["Location"]
    work_off()
    lots = Account.objects.filter(asset="coupon", learner_id__in=[first, second], balance=2)
    # The end of the last day on the market's clock.
    assert {f"{lot.expires_at:%Y-%m-%d %H:%M}" for lot in lots} == {"2099-01-31 16:00"}
    assert lots.count() == 2
    page = client.get(started["Location"]).content.decode()
    # Marketing doesn't see who learners are.
    assert "甲" not in page
    file = client.get(started["Location"], {"format": "csv"}).content.decode("utf-8-sig")
    lines = file.splitlines()
    assert [line.rsplit(",", 1)[1] for line in lines[1:3]] == ["done", "done"]
    assert "done" not in lines[3]
    assert "3 of 3" in client.get(reverse("staff_bulks")).content.decode()


def test_m_1_a_colleague_gives_what_a_campaign_gives_once_for_each_named_cause(
    client: Client, work: Workplace
) -> None:
    first, second, third = learners(work, "甲", "乙", "丙")
    found = campaign(work, budget=125)
    sheet = client.get(reverse("staff_campaign", args=[found])).content.decode()
    url = reverse("staff_campaign_give", args=[found])
    assert f'href="{url}"' in sheet
    one = {"learners": pasted(first), "cause": "brought Lili", "reason": "told by phone"}
    _, confirm = seen(client, url, one)
    client.post(url, confirm)
    work_off()
    assert stones(work, first) == 60
    assert CampaignGrant.objects.get().cause == "named:brought Lili"
    # The first has it already, and the budget is enough for one more.
    before = snapshot.take()
    all_three = {**one, "learners": pasted(first, second, third), FIELD: "again"}
    page, confirm = seen(client, url, all_three)
    assert page.count("will get it") == 1
    assert snapshot.changes(before) == {}
    client.post(url, confirm)
    work_off()
    assert [stones(work, one) for one in (first, second, third)] == [60, 60, 0]
    assert Campaign.objects.get().granted == 120


def test_what_was_changed_since_it_was_seen_is_seen_again(client: Client, work: Workplace) -> None:
    first, second = learners(work, "甲", "乙")
    url = reverse("staff_give")
    _, confirm = seen(client, url, {**GIVE, "learners": pasted(first)})
    changed = {**confirm, "learners": pasted(first, second)}
    assert "Give to 2 learners" in client.post(url, changed).content.decode()
    assert not Bulk.objects.exists()


def test_what_is_no_id_is_said_and_nothing_is_foreseen(client: Client, work: Workplace) -> None:
    url = reverse("staff_give")
    answer = client.post(url, {**GIVE, "learners": "lrn_0 nobody", FIELD: "k"})
    assert answer.status_code == 422
    assert "No id of a learner: lrn_0, nobody" in answer.content.decode()
    many = pasted(*range(1, 202))
    answer = client.post(url, {**GIVE, "learners": many, FIELD: "k"})
    assert "These are too many: 201." in answer.content.decode()


def test_only_a_running_campaign_of_named_causes_is_given_by_hand(
    client: Client, work: Workplace
) -> None:
    other = campaign(work, cause="lesson.finished")
    page = client.get(reverse("staff_campaign", args=[other])).content.decode()
    assert reverse("staff_campaign_give", args=[other]) not in page


@pytest.mark.parametrize("channel", STAFF)
def test_only_channels_of_the_table_give_of_a_campaign(
    client: Client, work: Workplace, channel: str
) -> None:
    url = reverse("staff_campaign_give", args=[campaign(work)])
    if channel != "marketing":
        client.force_login(workplace.add_staff(workplace=work, channel=channel))
    may = channels.may(channel, "grant", "campaign")
    form = {"learners": pasted(work.learner.pk), "cause": "x", "reason": "y", FIELD: "k"}
    assert client.post(url, form).status_code == (200 if may else 403)
