"""What teachers read: their week, their lessons, and their calendar elsewhere."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from tests import asking, workplace
from tests import household as house
from tests.workplace import Workplace
from yueke.cli.bench.statements import counted
from yueke.portals import ids

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(client: Client) -> Workplace:
    """Return a workplace whose teacher is logged in, in English."""
    made = workplace.open_workplace()
    client.force_login(made.teacher_user)
    client.cookies["django_language"] = "en"
    return made


def feed_url(client: Client, work: Workplace) -> str:
    """Make a secret address and return it."""
    client.post(reverse("teacher_calendar_renew"), {"request_key": asking.new_key()})
    work.teacher.refresh_from_db()
    assert work.teacher.calendar_token is not None
    return reverse("calendar_feed", args=[work.teacher.calendar_token])


def only_event(body: bytes) -> Any:
    """Return the one event of an iCalendar."""
    [event] = Calendar.from_ical(body).walk("VEVENT")
    return event


@pytest.mark.parametrize(
    "url",
    ["/teacher/?week={week}", "/teacher/week.json?start={week}&end={end}", "/teacher/lessons"],
)
def test_a_longer_list_asks_the_database_no_more_often(
    client: Client, work: Workplace, url: str
) -> None:
    at = house.evening(days=3)
    monday = at.date() - timedelta(days=at.weekday())
    url = url.format(week=monday, end=monday + timedelta(days=7))
    workplace.book(workplace=work, at=at)
    client.get(url)
    with counted() as few:
        client.get(url)
    for step in (1, 3):
        workplace.book(workplace=work, at=at + timedelta(minutes=30 * step))
    with counted() as many:
        assert client.get(url).status_code == 200
    assert 0 < len(few) == len(many)


def test_the_calendar_gets_lessons_and_free_time_in_the_teachers_wall_clock(
    client: Client, work: Workplace
) -> None:
    at = house.evening(days=3)
    workplace.book(workplace=work, at=at)
    house.release(
        teacher=work.teacher, starts=[at + timedelta(minutes=30), at + timedelta(hours=1)]
    )
    week = {"start": f"{at:%Y-%m-%dT00:00:00}", "end": f"{at + timedelta(days=2):%Y-%m-%dT00:00}"}
    lesson, free = client.get(reverse("teacher_week_feed"), week).json()
    begins = at.astimezone(timezone.get_fixed_timezone(0))
    assert lesson["title"].startswith("乐乐")
    assert lesson["id"] == f"{begins:%Y%m%dT%H%MZ}"
    assert lesson["extendedProps"] == {"state": "booked"}
    assert free["display"] == "background"
    assert (free["start"] < free["end"], free["start"]) == (True, lesson["end"])


def test_lessons_are_searched_and_taken_away(client: Client, work: Workplace) -> None:
    at = house.evening(days=3)
    workplace.book(workplace=work, at=at)
    other = workplace.add_learner(workplace=work, name="豆豆")
    workplace.book(workplace=work, at=at + timedelta(hours=1), learner=other)
    page = client.get(reverse("teacher_lessons"), {"q": "豆"}).content.decode()
    assert "豆豆" in page
    assert "乐乐" not in page
    file = client.get(reverse("teacher_lessons"), {"format": "csv"})
    assert [row.split(",")[2] for row in file.content.decode("utf-8-sig").splitlines()[1:]] == [
        "乐乐",
        "豆豆",
    ]


def test_the_feed_holds_booked_lessons_and_cancelled_ones_as_cancelled(
    client: Client, work: Workplace
) -> None:
    at = house.evening(days=3)
    booked = workplace.book(workplace=work, at=at)
    url = feed_url(client, work)
    event = only_event(client.get(url).content)
    uid = event["UID"]
    assert uid == f"{ids.LESSON.show(booked.lesson_id)}@yueke"
    assert (event["STATUS"], event["SEQUENCE"]) == ("CONFIRMED", 0)
    assert event["DTSTART"].dt == at
    assert event["DTEND"].dt == at + timedelta(minutes=25)
    assert event["SUMMARY"] == "乐乐 · Major course, level 3"
    staff = asking.staff_of(market_id=work.market.pk)
    asking.cancel(actor=staff, seats=[booked.seat_id], now=timezone.now())
    answer = client.get(url)
    event = only_event(answer.content)
    assert (event["UID"], event["STATUS"], event["SEQUENCE"]) == (uid, "CANCELLED", 1)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"


def test_a_new_address_ends_the_one_before_and_needs_no_login(
    client: Client, work: Workplace
) -> None:
    old = feed_url(client, work)
    new = feed_url(client, work)
    stranger = Client()
    assert stranger.get(old).status_code == 404
    assert stranger.get(new).status_code == 200


def test_another_teachers_lesson_is_not_found(client: Client, work: Workplace) -> None:
    booked = workplace.book(workplace=work, at=house.evening(days=3))
    other = workplace.open_workplace(code="us")
    client.force_login(other.teacher_user)
    url = reverse("teacher_lesson", args=[ids.SEAT.show(booked.seat_id)])
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("name", ["teacher_week", "teacher_lessons", "teacher_pattern"])
def test_other_kinds_of_people_are_kept_out(client: Client, work: Workplace, name: str) -> None:
    client.force_login(work.home.user)
    assert client.get(reverse(name)).status_code == 403
    client.force_login(workplace.add_staff(workplace=work, channel="lp"))
    assert client.get(reverse(name)).status_code == 403
