"""Calendars of teachers and families, as an independent program reads them."""

from datetime import timedelta
from typing import Any

import pytest
import vobject
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import asking, classroom, workplace
from tests import household as house
from tests.workplace import Workplace
from yueke.booking import commands, lessons, places
from yueke.booking.models import Lesson
from yueke.cli.bench.statements import counted
from yueke.people.models import Family, Teacher
from yueke.portals import ids

pytestmark = pytest.mark.django_db


@pytest.fixture
def work() -> Workplace:
    """Return a workplace."""
    return workplace.open_workplace()


def feed_of(client: Client, whose: Teacher | Family) -> str:
    """Make a secret address of a teacher or a family, and return it."""
    kind = "teacher" if isinstance(whose, Teacher) else "family"
    assert whose.user is not None
    client.force_login(whose.user)
    client.post(reverse(f"{kind}_calendar_renew"), {"request_key": asking.new_key()})
    whose.refresh_from_db()
    return reverse("calendar_feed", args=[whose.calendar_token])


def events(url: str) -> list[Any]:
    """Read a feed without a login, by a parser that has nothing to do with what wrote it."""
    answer = Client().get(url)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = vobject.readOne(answer.content.decode())
    assert calendar.method.value == "PUBLISH"
    found = list(getattr(calendar, "vevent_list", []))
    for event in found:
        event.validate(raiseException=True)
    return found


def state(event: Any) -> tuple[str, int]:
    """Return what calendars go by."""
    return event.status.value, int(event.sequence.value)


def test_both_sides_see_a_lesson_booked_and_cancelled(client: Client, work: Workplace) -> None:
    at = house.evening(days=3)
    booked = workplace.book(workplace=work, at=at)
    feeds = [feed_of(client, work.teacher), feed_of(client, work.home.family)]
    before = [event for url in feeds for event in events(url)]
    assert [state(event) for event in before] == [("CONFIRMED", 0)] * 2
    for event in before:
        assert (event.dtstart.value, event.dtend.value) == (at, at + timedelta(minutes=25))
    theirs = before[1]
    assert theirs.summary.value.startswith("乐乐 · Amy · ")
    staff = asking.staff_of(market_id=work.market.pk)
    asking.cancel(actor=staff, seats=[booked.seat_id], now=timezone.now())
    after = [event for url in feeds for event in events(url)]
    assert [state(event) for event in after] == [("CANCELLED", 1)] * 2
    assert [one.uid.value for one in after] == [one.uid.value for one in before]
    assert [one.uid.value for one in after] == [
        f"{ids.LESSON.show(booked.lesson_id)}@yueke",
        f"{ids.SEAT.show(booked.seat_id)}@yueke",
    ]


def test_a_lesson_given_to_another_teacher_leaves_one_calendar_and_enters_the_other(
    client: Client, work: Workplace
) -> None:
    at = house.evening(days=3)
    booked = workplace.book(workplace=work, at=at)
    other = house.add_teacher(market=work.market, name="Bob", free=[at])
    was, theirs = feed_of(client, work.teacher), feed_of(client, work.home.family)
    lessons.change_teacher(
        asking.request(
            actor=asking.staff_of(market_id=work.market.pk, channel="fireman"),
            now=timezone.now(),
        ),
        seat_id=booked.seat_id,
        teacher_id=other.pk,
    )
    other.user = workplace._login(work.market, "bob", work.teacher_user.Kind.TEACHER)
    other.save()
    [left], [came], [family] = events(was), events(feed_of(client, other)), events(theirs)
    assert (state(left), state(came), state(family)) == (
        ("CANCELLED", 1),
        ("CONFIRMED", 1),
        ("CONFIRMED", 1),
    )
    assert left.uid.value == came.uid.value
    assert "乐乐" not in left.summary.value
    assert "Bob" in family.summary.value


def test_a_lesson_kept_without_its_learner_names_nobody_until_another_comes(
    client: Client, work: Workplace
) -> None:
    at = house.evening(days=3)
    booked = workplace.book(workplace=work, at=at)
    feed, family = feed_of(client, work.teacher), feed_of(client, work.home.family)
    staff = asking.staff_of(market_id=work.market.pk, channel="cc")
    leaving = asking.request(actor=staff, now=timezone.now())
    asking.done(places.fake_cancel(leaving, seat_id=booked.seat_id))
    [kept], [left] = events(feed), events(family)
    assert (state(kept), state(left)) == (("CONFIRMED", 1), ("CANCELLED", 1))
    assert kept.summary.value.startswith("A learner may still come · ")
    assert "乐乐" not in kept.summary.value
    Lesson.objects.update(starts_at=timezone.now() - timedelta(minutes=5))
    assert commands.finish_vacant(now=timezone.now())
    [over] = events(feed)
    assert state(over) == ("CONFIRMED", 2)
    assert over.summary.value.startswith("No learner came · ")
    assert "乐乐" not in over.summary.value


def test_a_class_goes_by_its_title_and_how_many_come(client: Client, work: Workplace) -> None:
    class_id = classroom.published(workplace=work, at=house.evening(days=3))
    teacher = Teacher.objects.get(name="Ms Open")
    teacher.user = workplace._login(work.market, "open", work.teacher_user.Kind.TEACHER)
    teacher.save()
    feed = feed_of(client, teacher)
    assert [one.summary.value for one in events(feed)] == ["0 learners · Phonics for all"]
    for learner in (work.learner, workplace.add_learner(workplace=work, name="豆豆")):
        classroom.seated(workplace=work, lesson=class_id, learner=learner)
    [theirs] = events(feed)
    assert theirs.summary.value == "2 learners · Phonics for all"
    [own] = events(feed_of(client, work.home.family))
    assert own.summary.value == "乐乐 · Ms Open · 自然拼读"
    client.force_login(teacher.user)
    at = {"week": f"{house.evening(days=3):%Y-%m-%d}"}
    week = client.get(reverse("teacher_week"), at).content.decode()
    assert "自然拼读" in week
    assert "豆豆" not in week


def test_nothing_changed_is_the_same_feed(client: Client, work: Workplace) -> None:
    workplace.book(workplace=work, at=house.evening(days=3))
    for whose in (work.teacher, work.home.family):
        url = feed_of(client, whose)
        assert Client().get(url).content == Client().get(url).content


def test_a_familys_new_address_ends_the_one_before(client: Client, work: Workplace) -> None:
    old = feed_of(client, work.home.family)
    new = feed_of(client, work.home.family)
    assert Client().get(old).status_code == 404
    assert events(new) == []
    page = client.get(reverse("family_calendar")).content.decode()
    assert new in page
    assert old not in page


def test_a_feed_tells_of_its_own_family_only(client: Client, work: Workplace) -> None:
    other = workplace.add_learner(workplace=work, name="豆豆")
    at = house.evening(days=3)
    workplace.book(workplace=work, at=at, learner=other)
    assert events(feed_of(client, work.home.family)) == []


def test_a_longer_feed_asks_the_database_no_more_often(client: Client, work: Workplace) -> None:
    at = house.evening(days=3)
    workplace.book(workplace=work, at=at)
    feeds = [feed_of(client, work.teacher), feed_of(client, work.home.family)]
    for url in feeds:
        client.get(url)
    with counted() as few:
        for url in feeds:
            client.get(url)
    for step in (1, 3):
        workplace.book(workplace=work, at=at + timedelta(minutes=30 * step))
    with counted() as many:
        for url in feeds:
            client.get(url)
    assert 0 < len(few) == len(many)
