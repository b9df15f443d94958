"""I-9 on staff's pages: the timeline says whom an event is about, and goes on page by page."""

import re
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import asking, classroom, workplace
from tests import household as house
from tests.workplace import Workplace
from yueke.booking import exchange, lessons, places
from yueke.inventory import commands as inventory
from yueke.inventory.orders import Target
from yueke.notices.models import Event
from yueke.portals import ids
from yueke.portals.stamps import show_stamp

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(client: Client) -> Workplace:
    """Return a workplace, shown to live-class support in English."""
    made = workplace.open_workplace()
    client.force_login(workplace.add_staff(workplace=made, channel="fireman"))
    client.cookies["django_language"] = "en"
    return made


@pytest.fixture
def at() -> datetime:
    """Return an evening in three days."""
    return house.evening(days=3)


def told(client: Client, name: str, *parts: str) -> list[str]:
    """Return whom each event of a page's timeline is about, newest first, as plain text."""
    page = client.get(reverse(name, args=parts)).content.decode()
    items = re.findall(r"<li.*?</li>", page.partition('class="timeline"')[2], re.S)
    found = [re.findall(r'<p>(.*?)</p>\s*<p class="timeline-meta"', item, re.S) for item in items]
    return [re.sub(r"<[^>]+>", "", of_item[0]) if of_item else "" for of_item in found]


def test_another_teacher_is_named_after_the_one_before(
    client: Client, work: Workplace, at: datetime
) -> None:
    ben = house.add_teacher(market=work.market, name="Ben", free=[at])
    seat_id = workplace.book(workplace=work, at=at).seat_id
    fireman = asking.staff_of(market_id=work.market.pk, channel="fireman")
    request = asking.request(actor=fireman, now=timezone.now())
    asking.done(lessons.change_teacher(request, seat_id=seat_id, teacher_id=ben.pk))
    seat, amy = ids.SEAT.show(seat_id), ids.TEACHER.show(work.teacher.pk)
    assert told(client, "staff_lesson", seat) == ["乐乐 · Amy → Ben", "乐乐 · Amy"]
    page = client.get(reverse("staff_lesson", args=[seat])).content.decode()
    for name, person in (("staff_teacher", ids.TEACHER.show(ben.pk)), ("staff_teacher", amy)):
        assert f'href="{reverse(name, args=[person])}"' in page.partition('class="timeline"')[2]
    # On a page of theirs who it is about needs no name.
    assert told(client, "staff_slot", amy, show_stamp(at))[-2:] == ["乐乐", ""]
    assert told(client, "staff_learner", ids.LEARNER.show(work.learner.pk))[:2] == [
        "Amy → Ben",
        "Amy",
    ]


def test_who_comes_is_named_after_whose_place_it_was(
    client: Client, work: Workplace, at: datetime
) -> None:
    seat_id = workplace.book(workplace=work, at=at).seat_id
    other = workplace.add_learner(workplace=work, name="豆豆")
    tmk = asking.staff_of(market_id=work.market.pk, channel="tmk")
    request = asking.request(actor=tmk, now=timezone.now())
    [taken] = asking.done(places.swap_student(request, seat_id=seat_id, learner_id=other.pk))
    seat = ids.SEAT.show(taken.seat_id)
    assert told(client, "staff_lesson", seat)[:2] == ["乐乐 → 豆豆 · Amy", "乐乐 · Amy"]


def test_who_exchange_places_are_named_after_each_other(
    client: Client, work: Workplace, at: datetime
) -> None:
    first = workplace.book(workplace=work, at=at).seat_id
    other = workplace.add_learner(workplace=work, name="豆豆")
    second = workplace.book(workplace=work, at=house.evening(days=4), learner=other).seat_id
    tmk = asking.staff_of(market_id=work.market.pk, channel="tmk")
    answer = exchange.exchange_learners(
        asking.request(actor=tmk, now=timezone.now()), seat_id=first, other_seat_id=second
    )
    for taken in asking.done(answer):
        name, was = ("乐乐", "豆豆") if taken.learner_id == work.learner.pk else ("豆豆", "乐乐")
        whom = told(client, "staff_lesson", ids.SEAT.show(taken.seat_id))
        assert whom == [f"{was} → {name} · Amy", f"{was} · Amy"]


def test_for_whom_time_is_kept_is_named(client: Client, work: Workplace, at: datetime) -> None:
    house.release(teacher=work.teacher, starts=[at])
    answer = inventory.target_slots(
        asking.request(actor=asking.staff_of(market_id=work.market.pk), now=timezone.now()),
        teacher_id=work.teacher.pk,
        starts=[at],
        target=Target("student", work.learner.pk),
    )
    asking.done(answer)
    place = [ids.TEACHER.show(work.teacher.pk), show_stamp(at)]
    assert told(client, "staff_slot", *place) == ["乐乐", ""]


def test_the_file_of_a_learners_log_names_them_too(
    client: Client, work: Workplace, at: datetime
) -> None:
    workplace.book(workplace=work, at=at)
    url = reverse("staff_learner_audit", args=[ids.LEARNER.show(work.learner.pk)])
    text = client.get(url, {"format": "csv"}).content.decode("utf-8-sig")
    assert ",Amy," in text.splitlines()[1]


def test_time_that_support_gave_says_so(client: Client, work: Workplace, at: datetime) -> None:
    teacher = ids.TEACHER.show(work.teacher.pk)
    fields = {"do": "offer", "at": show_stamp(at), "reason": "asked by phone", "request_key": "1"}
    client.post(reverse("staff_times_do", args=[teacher]), fields)
    sheet = client.get(reverse("staff_slot", args=[teacher, show_stamp(at)])).content.decode()
    told = sheet.partition('class="timeline"')[2]
    assert "Opened by Live-class support" in told
    assert "asked by phone" in told
    assert "Offered by the teacher" not in told


@pytest.mark.parametrize("name", ["staff_lesson", "staff_slot"])
def test_a_long_log_goes_on_page_by_page(
    client: Client, work: Workplace, at: datetime, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yueke.portals.staff.timeline.PAGE", 2)
    lesson = classroom.published(workplace=work, at=at, capacity=3)
    for child in ("安安", "天天", "朵朵"):
        learner = house.add_child(household=work.home, name=child)
        seat = classroom.seated(workplace=work, lesson=lesson, learner=learner)
    events = Event.objects.filter(starts_at=at)
    teacher = ids.TEACHER.show(events.filter(kind="class.created").get().teacher_id or 0)
    parts = [seat] if name == "staff_lesson" else [teacher, show_stamp(at)]
    if name == "staff_lesson":
        events = events.exclude(lesson_id=None)
    url, sizes = reverse(name, args=parts), []
    while url:
        page = client.get(url, headers={"HX-Request": "true"}).content.decode()
        sizes.append(page.count("timeline-meta"))
        more = re.search(r'href="([^"]*)" hx-get="([^"]*)" hx-target="closest .log"', page)
        assert more is None or more[1] == more[2]
        url = more[1] if more else ""
    assert sum(sizes) == events.count() > 4
    assert max(sizes) == 2
