"""Who has not chosen is told by the first way that is set up and has an address."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from tests import asking
from tests.reminders.test_reminders import login, lp, tell
from tests.reminders.test_ways import Tencent, server
from tests.served import Caller, Desk, ahead, booking, done
from yueke.people.models import Learner
from yueke.people.refusals import ChannelMayNot, FamilyNotFound
from yueke.reminders import contacts
from yueke.reminders.models import Contact, Message
from yueke.reminders.ways import ways

__all__ = ["lp"]
TEMPLATE = {"id": "T", "data": {"thing1": "%(learner)s", "time2": "%(time)s"}}


@pytest.fixture
def sms(settings: Any) -> Iterator[list[Any]]:
    """Return what an SMS gateway was sent; it and a WeChat account are set up."""
    sent: list[Any] = []
    tencent = Tencent()

    def answer(path: str, query: Any, body: Any, headers: Any) -> tuple[int, Any]:
        if path.startswith("/cgi-bin"):
            return tencent(path, query, body, headers)
        sent.append(body)
        return 200, {}

    with server(answer) as url:
        settings.YUEKE_SMS_URL = f"{url}/sms"
        settings.YUEKE_WECHAT_URL, settings.YUEKE_WECHAT_APP_ID = url, "wx1"
        settings.YUEKE_WECHAT_SECRET = "s3cret"
        settings.YUEKE_WECHAT_TEMPLATES = {"cancelled": TEMPLATE}
        ways.cache_clear()
        yield sent
    ways.cache_clear()


def with_phone(learner: Learner) -> Learner:
    """Give a learner's family a phone."""
    learner.family.phone = "13800000001"
    learner.family.save()
    return learner


def cancelled(company: Desk, lp: Caller, learner: Learner) -> None:
    """Book and cancel a lesson, and tell."""
    start = ahead(hours=72)
    seat = done(lp.post("/bookings", booking(learner, company.teacher(start), start)))["seat"]
    done(lp.post("/cancellations", {"seat": seat}))
    tell()


def note(learner: Learner, *, channel: str = "lp", **addresses: str) -> Any:
    """Have a channel note addresses of a learner's family; return what came of it."""
    actor = asking.staff_of(market_id=learner.market_id, channel=channel)
    request = asking.request(actor=actor, now=datetime.now(UTC))
    [result] = contacts.note_addresses(request, family_id=learner.family_id, **addresses).results
    return result


def told(learner: Learner) -> list[tuple[str, str]]:
    """Return by which way and where the family was told that the lesson is cancelled."""
    messages = Message.objects.filter(
        party_kind="family", party_id=learner.family_id, about="cancelled", state="sent"
    )
    return list(messages.order_by("id").values_list("way", "address"))


def test_a_family_with_a_phone_and_no_e_mail_gets_an_sms(
    company: Desk, lp: Caller, sms: list[Any]
) -> None:
    learner = with_phone(company.learner(name="乐乐"))
    cancelled(company, lp, learner)
    assert told(learner) == [("sms", learner.family.phone)]
    assert [(one["to"], one["template"]) for one in sms] == [(learner.family.phone, "cancelled")]


def test_without_a_gateway_nobody_is_told_by_sms(company: Desk, lp: Caller) -> None:
    learner = with_phone(company.learner())
    cancelled(company, lp, learner)
    assert not Message.objects.filter(party_kind="family").exists()


def test_an_openid_goes_before_the_phone_and_an_e_mail_before_both(
    company: Desk, lp: Caller, sms: list[Any]
) -> None:
    one, two = with_phone(company.learner()), company.learner()
    note(one, wechat="oWx-openid_1")
    note(two, wechat="oWx-openid_2", email="chen@example.com")
    for learner in (one, two):
        cancelled(company, lp, learner)
    assert told(one) == [("wechat", "oWx-openid_1")]
    assert told(two) == [("email", "chen@example.com")]
    assert sms == []


def test_an_address_that_is_noted_leaves_what_the_family_has_chosen(
    company: Desk, lp: Caller, sms: list[Any]
) -> None:
    learner = company.learner()
    user = login(learner, language="zh-hans")
    own = asking.request(actor=asking.parent_of(family=learner.family), now=datetime.now(UTC))
    party = contacts.party_of(own.actor)
    chosen = contacts.choose_ways(own, party=party, ways=["sms"], phone="13900000000")
    asking.done(chosen)
    note(learner, wechat="oWx-openid_1")
    assert Contact.objects.get().email == ""
    cancelled(company, lp, learner)
    assert told(learner) == [("sms", "13900000000")]
    again = asking.request(actor=own.actor, now=datetime.now(UTC))
    asking.done(contacts.choose_ways(again, party=party, ways=["wechat"], email=user.email))
    cancelled(company, lp, learner)
    assert told(learner)[1:] == [("wechat", "oWx-openid_1")]


def test_only_who_may_notes_addresses_and_of_their_market_only(
    company: Desk, other_company: Desk
) -> None:
    learner = company.learner()
    assert isinstance(note(learner, channel="fireman", email="a@example.com"), ChannelMayNot)
    actor = asking.staff_of(market_id=other_company.company.market_id)
    request = asking.request(actor=actor, now=datetime.now(UTC))
    answer = contacts.note_addresses(request, family_id=learner.family_id, email="a@example.com")
    assert isinstance(answer.results[0], FamilyNotFound)
    assert not Contact.objects.exists()
