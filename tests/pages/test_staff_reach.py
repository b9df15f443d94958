"""What staff cannot reach: another market, and what their channel may not see or do."""

import re
from itertools import product

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import asking, snapshot, workplace
from tests import household as house
from tests.workplace import Workplace
from yueke.people import channels
from yueke.portals import ids
from yueke.portals.stamps import show_stamp

pytestmark = pytest.mark.django_db
STAFF = [code for code, channel in channels.channels().items() if channel.side == "staff"]
LISTS = {
    "staff_learners": "learners",
    "staff_teachers": "teachers",
    "staff_lessons": "lessons",
    "staff_policies": "policies",
    "staff_classes": "classes",
    "staff_messages": "messages",
    "staff_webhooks": "webhooks",
}


@pytest.fixture
def work() -> Workplace:
    """Return a workplace."""
    return workplace.open_workplace()


def enter(client: Client, work: Workplace, channel: str) -> None:
    """Log in somebody behind a channel, in English."""
    client.force_login(workplace.add_staff(workplace=work, channel=channel))
    client.cookies["django_language"] = "en"


@pytest.mark.parametrize(("channel", "name"), list(product(STAFF, LISTS)))
def test_a_list_is_open_where_the_table_of_permissions_says_so(
    client: Client, work: Workplace, channel: str, name: str
) -> None:
    enter(client, work, channel)
    may = channels.may(channel, "see", LISTS[name])
    assert client.get(reverse(name)).status_code == (200 if may else 403)
    console = client.get(reverse("staff_console"))
    assert console.status_code == 200
    assert (f'href="{reverse(name)}"' in console.content.decode()) is may


def books_any(channel: str) -> bool:
    """Tell whether a channel books or forces any product."""
    lines = channels.permissions()
    return any(channels.may(channel, *line) for line in lines if line[0] in ("book", "force"))


@pytest.mark.parametrize("channel", STAFF)
def test_buttons_and_commands_stand_as_the_table_says(
    client: Client, work: Workplace, channel: str
) -> None:
    at = house.evening(days=3)
    seat = ids.SEAT.show(workplace.book(workplace=work, at=at).seat_id)
    learner = ids.LEARNER.show(work.learner.pk)
    enter(client, work, channel)
    drawer = client.get(reverse("staff_learner", args=[learner])).content.decode()
    lesson = client.get(reverse("staff_lesson", args=[seat])).content.decode()
    commands = {
        reverse("staff_book", args=[learner]): (drawer, books_any(channel)),
        reverse("staff_grant", args=[learner]): (drawer, channels.may(channel, "grant", "asset")),
        reverse("staff_cancel", args=[seat]): (lesson, channels.may(channel, "cancel", "lesson")),
    }
    for url, (page, may) in commands.items():
        assert (f'href="{url}"' in page) is may, url
        if not may:
            assert client.get(url).status_code == 403, url


@pytest.mark.parametrize("channel", STAFF)
def test_what_was_paid_is_told_where_the_table_lets_wallets_be_seen(
    client: Client, work: Workplace, channel: str
) -> None:
    at = house.evening(days=3)
    booked = workplace.book(workplace=work, at=at)
    partner = asking.staff_of(market_id=work.market.pk)
    asking.cancel(actor=partner, seats=[booked.seat_id], now=timezone.now())
    seat, learner = ids.SEAT.show(booked.seat_id), ids.LEARNER.show(work.learner.pk)
    slot = [ids.TEACHER.show(work.teacher.pk), show_stamp(at)]
    sees_wallet = channels.may(channel, "see", "wallet")
    enter(client, work, channel)
    pages = {
        "lessons": [reverse("staff_lesson", args=[seat])],
        "teachers": [reverse("staff_slot", args=slot)],
        "learners": [
            reverse("staff_learner", args=[learner]),
            reverse("staff_learner_audit", args=[learner]),
            reverse("staff_learner_audit", args=[learner]) + "?format=csv",
        ],
    }
    seen = [url for of, urls in pages.items() if channels.may(channel, "see", of) for url in urls]
    for url in seen if channels.may(channel, "see", "audit") else []:
        answer = client.get(url)
        assert answer.status_code == 200
        page = answer.content.decode()
        assert "Cancelled" in page, url
        assert bool(re.search(r"\d</span> credit|\d credit|came back", page)) is sees_wallet, url
    if channels.may(channel, "see", "lessons"):
        file = client.get(reverse("staff_lessons"), {"format": "csv"}).content.decode("utf-8-sig")
        assert "乐乐" in file
        assert ("Paid" in file, "credit" in file) == (sees_wallet, sees_wallet)


@pytest.mark.parametrize("channel", [c for c in STAFF if channels.may(c, "cancel", "lesson")])
def test_cancelling_tells_how_much_comes_back_to_those_who_see_wallets(
    client: Client, work: Workplace, channel: str
) -> None:
    seat = ids.SEAT.show(workplace.book(workplace=work, at=house.evening(days=3)).seat_id)
    url = reverse("staff_cancel", args=[seat])
    sees_wallet = channels.may(channel, "see", "wallet")
    enter(client, work, channel)
    sheet = client.get(url).content.decode()
    assert ("amount-credit" in sheet) is sees_wallet
    assert "omes back" in sheet
    form = {"reason": "x", "request_key": "once"}
    answer = client.post(url, form, headers={"HX-Request": "true"}).content.decode()
    assert "Cancelled." in answer
    assert ("1 credit" in answer) is sees_wallet


@pytest.mark.parametrize("channel", STAFF)
def test_a_post_without_permission_is_refused_and_changes_nothing(
    client: Client, work: Workplace, channel: str
) -> None:
    at = house.evening(days=3)
    seat = ids.SEAT.show(workplace.book(workplace=work, at=at).seat_id)
    learner = ids.LEARNER.show(work.learner.pk)
    enter(client, work, channel)
    form = {
        "request_key": "once",
        "reason": "x",
        "product": "major",
        "pay": "credit",
        "asset": "credit",
    }
    urls = {
        reverse("staff_cancel", args=[seat]): ("cancel", "lesson"),
        reverse("staff_confirm", args=[learner]): ("book", "major"),
        reverse("staff_grant", args=[learner]): ("grant", "asset"),
    }
    refused = [url for url, need in urls.items() if not channels.may(channel, *need)]
    assert refused
    before = snapshot.take()
    for url in refused:
        assert client.post(url, {**form, "amount": "1"}).status_code == 403, url
    assert snapshot.changes(before) == {}


@pytest.mark.parametrize("channel", ["lp", "marketing"])
def test_another_markets_people_and_lessons_are_not_found(
    client: Client, work: Workplace, channel: str
) -> None:
    seat = ids.SEAT.show(workplace.book(workplace=work, at=house.evening(days=3)).seat_id)
    learner = ids.LEARNER.show(work.learner.pk)
    teacher = ids.TEACHER.show(work.teacher.pk)
    enter(client, workplace.open_workplace(code="us"), channel)
    by_id = {
        "staff_learner": learner,
        "staff_wallet": learner,
        "staff_grant": learner,
        "staff_addresses": learner,
        "staff_learner_audit": learner,
        "staff_book": learner,
        "staff_teacher": teacher,
        "staff_teacher_week": teacher,
        "staff_lesson": seat,
        "staff_cancel": seat,
    }
    before = snapshot.take()
    for name, id_ in by_id.items():
        url = reverse(name, args=[id_])
        expected = {404} if channel == "lp" and name != "staff_grant" else {403, 404}
        assert client.get(url).status_code in expected, name
        if name in {"staff_grant", "staff_cancel"}:
            form = {"request_key": "k", "reason": "x", "asset": "credit", "amount": "1"}
            assert client.post(url, form).status_code in expected, name
    for text in ("乐乐", learner, teacher, seat):
        found = client.get(reverse("staff_console"), {"q": text}, headers={"HX-Request": "true"})
        rows = found.content.decode().count("data-row")
        assert rows == (1 if text == "乐乐" and channel == "lp" else 0)
    assert snapshot.changes(before) == {}


def test_a_list_does_not_go_on_after_a_row_of_another_market(
    client: Client, work: Workplace
) -> None:
    abroad = workplace.open_workplace(code="us")
    last = house.add_teacher(market=abroad.market, name="Zoe")
    child = house.add_child(household=abroad.home, name="龟龟")
    marks = {
        "staff_learners": ids.LEARNER.show(child.pk),
        "staff_teachers": ids.TEACHER.show(last.pk),
    }
    enter(client, work, "lp")
    for name, mark in marks.items():
        page = client.get(reverse(name), {"after": mark}).content.decode()
        assert page.count("<tr data-row") == 1, name


@pytest.mark.parametrize("name", ["staff_console", "staff_learners", "staff_lessons"])
def test_other_kinds_of_people_are_kept_out(client: Client, work: Workplace, name: str) -> None:
    for user in (work.home.user, work.teacher_user):
        client.force_login(user)
        assert client.get(reverse(name)).status_code == 403


def test_staff_without_a_second_factor_are_led_to_set_it_up(
    client: Client, work: Workplace
) -> None:
    user = workplace.add_staff(workplace=work, channel="lp")
    Authenticator.objects.filter(user=user).delete()
    client.force_login(user)
    assert client.get(reverse("staff_console")).status_code == 302
