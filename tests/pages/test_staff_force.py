"""F-1, LP-5, TM-7, CC-8: staff book time that nobody offered, and open courses, seen before."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests import household as house
from tests import snapshot, workplace
from tests.workplace import Workplace
from yueke.booking.models import Seat
from yueke.curriculum.models import LearningProgress
from yueke.inventory.models import Slot
from yueke.notices.models import Event
from yueke.portals import ids
from yueke.portals.stamps import show_stamp

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def work(client: Client) -> Workplace:
    """Return a workplace, spoken to in English."""
    client.cookies["django_language"] = "en"
    return workplace.open_workplace()


def enter(client: Client, work: Workplace, channel: str) -> str:
    """Log in somebody behind a channel, and return the learner's id."""
    client.force_login(workplace.add_staff(workplace=work, channel=channel))
    return ids.LEARNER.show(work.learner.pk)


def test_f_1_time_that_was_not_offered_is_found_seen_and_booked(
    client: Client, work: Workplace
) -> None:
    learner, at = enter(client, work, "fireman"), house.evening(days=3)
    house.release(teacher=house.add_teacher(market=work.market, name="Ben"), starts=[at])
    book = reverse("staff_book", args=[learner])
    page = client.get(book, {"day": f"{at:%Y-%m-%d}", "at": show_stamp(at)}).content.decode()
    free, others = page.split("Who has not offered this time")
    assert ("Ben" in free, "Amy" in free) == (True, False)
    assert ("Ben" in others, "Amy" in others) == (False, True)
    link = re.search(r'hx-get="([^"]*/book/confirm[^"]*)"', others)
    assert link is not None
    before = snapshot.take()
    sheet = client.get(link[1].replace("&amp;", "&")).content.decode()
    assert re.search(r"Not offered now → <span[^>]*>Booked", sheet)
    assert snapshot.changes(before) == {}
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', sheet))
    form = {**fields, "pay": "credit", "reason": "mother rang"}
    client.post(reverse("staff_confirm", args=[learner]), form)
    slot = Slot.objects.get(teacher_id=work.teacher.pk)
    assert (slot.state, slot.target_kind) == ("booked", "student")
    assert Seat.objects.count() == 1


def test_f_1_a_learner_who_is_busy_is_told_before(client: Client, work: Workplace) -> None:
    learner, at = enter(client, work, "fireman"), house.evening(days=3)
    workplace.book(workplace=work, at=at)
    ben = house.add_teacher(market=work.market, name="Ben")
    wish = {"product": "major", "teacher": ids.TEACHER.show(ben.pk), "at": show_stamp(at)}
    sheet = client.get(reverse("staff_confirm", args=[learner]), {**wish, "force": "1"})
    assert sheet.status_code == 409
    assert 'data-refusal="learner_busy"' in sheet.content.decode()


@pytest.mark.parametrize("channel", ["lp", "cc", "tmk"])
def test_f_1_nobody_else_takes_time_that_was_not_offered(
    client: Client, work: Workplace, channel: str
) -> None:
    learner, at = enter(client, work, channel), house.evening(days=3)
    page = client.get(
        reverse("staff_book", args=[learner]), {"at": show_stamp(at), "day": f"{at:%Y-%m-%d}"}
    )
    assert "Who has not offered" not in page.content.decode()
    form = {
        "product": "major", "teacher": ids.TEACHER.show(work.teacher.pk), "at": show_stamp(at),
        "pay": "credit", "reason": "x", "request_key": "k", "force": "1",
    }  # fmt: skip
    before = snapshot.take()
    assert client.post(reverse("staff_confirm", args=[learner]), form).status_code == 403
    assert snapshot.changes(before) == {}


@pytest.mark.parametrize("channel", ["lp", "cc", "tmk"])
def test_lp_5_tm_7_cc_8_a_course_is_opened_once_and_seen_before(
    client: Client, work: Workplace, channel: str
) -> None:
    learner = enter(client, work, channel)
    url = reverse("staff_open_course", args=[learner])
    assert url in client.get(reverse("staff_learner", args=[learner])).content.decode()
    before = snapshot.take()
    sheet = client.get(url).content.decode()
    assert "Major course, level 3" not in sheet
    effect = client.get(url, {"effect": "1", "course": "special:3"}).content.decode()
    assert "begins Special course with the first lesson of level 3" in effect
    assert snapshot.changes(before) == {}
    form = {"course": "special:3", "reason": "新签", "request_key": "once"}
    for _ in range(2):
        assert client.post(url, form).status_code == 302
    assert LearningProgress.objects.filter(product__code="special").count() == 1
    page = client.get(reverse("staff_learner", args=[learner])).content.decode()
    assert "Special course" in page
    told = Event.objects.get(kind="course.opened", data__product="special")
    assert (told.reason, told.channel) == ("新签", channel)
    assert "新签" in page.partition("What happened")[2]
