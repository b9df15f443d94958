"""The pages of what people and other systems are told."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import asking, workplace
from tests import household as house
from tests.workplace import Workplace
from yueke.cli.bench.statements import counted
from yueke.feeds import delivering
from yueke.feeds.models import WebhookDelivery, WebhookEndpoint
from yueke.portals import ids
from yueke.reminders.models import Contact, Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(client: Client) -> Workplace:
    """Return a workplace, spoken to in English."""
    client.cookies["django_language"] = "en"
    return workplace.open_workplace()


def add_message(work: Workplace, *, text: str, cause: str, state: str = "sent") -> Message:
    """Add a message to the family about a lesson."""
    return Message.objects.create(
        market_id=work.market.pk,
        party_kind="family",
        party_id=work.home.family.pk,
        cause=cause,
        way="email",
        about="soon",
        lesson_id=1,
        state=state,
        due_at=timezone.now(),
        sent_at=timezone.now() if state == "sent" else None,
        subject=text,
        text=text,
    )


@pytest.mark.parametrize("kind", ["family", "teacher"])
def test_people_choose_how_they_are_told(client: Client, work: Workplace, kind: str) -> None:
    client.force_login(work.home.user if kind == "family" else work.teacher_user)
    url = reverse(f"{kind}_contact")
    assert "Nothing yet" in client.get(url).content.decode()
    form = {"email_on": "on", "email": "chen@example.com", "sms": "", "request_key": "1"}
    assert client.post(url, form).status_code == 302
    contact = Contact.objects.get(party_kind=kind)
    assert (contact.ways, contact.email) == (["email"], "chen@example.com")
    assert "chen@example.com" in client.get(url).content.decode()
    refused = client.post(url, {"sms_on": "on", "sms": "", "request_key": "2"})
    assert refused.status_code == 422
    assert "There is no address for it." in refused.content.decode()
    contact.refresh_from_db()
    assert contact.ways == ["email"]


def test_staff_note_an_openid_and_the_family_may_choose_wechat(
    client: Client, work: Workplace
) -> None:
    client.force_login(workplace.add_staff(workplace=work, channel="lp"))
    learner = ids.LEARNER.show(work.learner.pk)
    url = reverse("staff_addresses", args=[learner])
    assert url in client.get(reverse("staff_learner", args=[learner])).content.decode()
    assert "has not chosen" in client.get(url).content.decode()
    odd = {"email": "", "wechat": "张三", "request_key": "1"}
    assert client.post(url, odd).status_code == 422
    client.post(url, {"email": "", "wechat": "oWx-openid_1", "request_key": "2"})
    assert 'value="oWx-openid_1"' in client.get(url).content.decode()
    client.force_login(work.home.user)
    form = {"email": "", "sms": "", "wechat_on": "on", "request_key": "3"}
    assert 'name="wechat_on"' in client.get(reverse("family_contact")).content.decode()
    client.post(reverse("family_contact"), form)
    contact = Contact.objects.get()
    assert (contact.ways, contact.wechat) == (["wechat"], "oWx-openid_1")


def test_a_family_sees_what_it_was_told_and_nothing_of_others(
    client: Client, work: Workplace
) -> None:
    add_message(work, text="Lesson at seven", cause="a")
    client.force_login(work.home.user)
    assert "Lesson at seven" in client.get(reverse("family_contact")).content.decode()
    client.force_login(work.teacher_user)
    assert "Lesson at seven" not in client.get(reverse("teacher_contact")).content.decode()


def test_staff_read_what_was_told_and_take_it_away(client: Client, work: Workplace) -> None:
    client.force_login(workplace.add_staff(workplace=work, channel="lp"))
    url = reverse("staff_messages")
    assert "No message" in client.get(url).content.decode()
    add_message(work, text="Lesson at seven", cause="a")
    page = client.get(url).content.decode()
    assert "Lesson at seven" in page
    assert work.home.family.name in page
    assert "Lesson at seven" not in client.get(url, {"state": "failed"}).content.decode()
    file = client.get(url, {"format": "csv"}).content.decode("utf-8-sig")
    assert "Lesson at seven" in file
    with counted() as few:
        client.get(url)
    for count in range(4):
        add_message(work, text="another", cause=str(count))
    with counted() as many:
        client.get(url)
    assert 0 < len(few) == len(many)


def test_messages_of_another_market_are_not_shown(client: Client, work: Workplace) -> None:
    other = workplace.open_workplace(code="us")
    add_message(other, text="theirs", cause="a")
    client.force_login(workplace.add_staff(workplace=work, channel="lp"))
    assert "theirs" not in client.get(reverse("staff_messages")).content.decode()


def test_operators_add_a_webhook_see_its_secret_once_and_turn_it_off(
    client: Client, work: Workplace
) -> None:
    client.force_login(workplace.add_staff(workplace=work, channel="system"))
    url = reverse("staff_webhooks")
    assert "No webhook yet" in client.get(url).content.decode()
    form = {"url": "https://crm.example.com/hook", "event_kinds": "lesson.* wallet.granted"}
    page = client.post(url, {**form, "request_key": "1"}).content.decode()
    one = WebhookEndpoint.objects.get()
    assert one.kinds == ["lesson.*", "wallet.granted"]
    assert one.secret in page
    assert one.secret not in client.get(url).content.decode()
    refused = client.post(url, {"url": "http://10.0.0.1/", "request_key": "2"})
    assert refused.status_code == 422
    assert "It must begin with https" in refused.content.decode()
    old, shown = one.secret, ids.ENDPOINT.show(one.pk)
    renewed = client.post(reverse("staff_webhook_secret", args=[shown]), {"request_key": "4"})
    one.refresh_from_db()
    assert one.secret != old == one.old_secret
    assert one.secret in renewed.content.decode()
    assert one.secret not in client.get(reverse("staff_webhook", args=[shown])).content.decode()
    client.post(reverse("staff_webhook_switch", args=[shown]), {"is_on": "0", "request_key": "3"})
    one.refresh_from_db()
    assert not one.is_on


def test_a_delivery_is_made_once_more_from_its_page(client: Client, work: Workplace) -> None:
    client.force_login(workplace.add_staff(workplace=work, channel="system"))
    one = WebhookEndpoint.objects.create(
        market=work.market, url="https://crm.example.com/", created_at=timezone.now()
    )
    delivering.fan_out(now=timezone.now())
    workplace.book(workplace=work, at=house.evening(days=3))
    now = timezone.now()
    given_up = WebhookDelivery.objects.create(
        market_id=work.market.pk,
        endpoint=one,
        event_id=1,
        kind="lesson.booked",
        state="given_up",
        attempts=9,
        due_at=now - timedelta(days=1),
        tried_at=now - timedelta(days=1),
        status=500,
    )
    page = reverse("staff_webhook", args=[ids.ENDPOINT.show(one.pk)])
    shown = client.get(page).content.decode()
    assert "Given up" in shown
    arguments = [ids.ENDPOINT.show(one.pk), ids.DELIVERY.show(given_up.pk)]
    client.post(reverse("staff_webhook_replay", args=arguments), {"request_key": asking.new_key()})
    given_up.refresh_from_db()
    assert (given_up.state, given_up.attempts) == ("waiting", 0)


def test_no_other_staff_open_the_pages_of_webhooks(client: Client, work: Workplace) -> None:
    one = WebhookEndpoint.objects.create(
        market=work.market, url="https://crm.example.com/", created_at=timezone.now()
    )
    shown = ids.ENDPOINT.show(one.pk)
    client.force_login(workplace.add_staff(workplace=work, channel="lp"))
    assert client.get(reverse("staff_webhooks")).status_code == 403
    assert client.get(reverse("staff_webhook", args=[shown])).status_code == 403
    switch = reverse("staff_webhook_switch", args=[shown])
    assert client.post(switch, {"is_on": "0", "request_key": "1"}).status_code == 403
    one.refresh_from_db()
    assert one.is_on
