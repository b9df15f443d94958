"""The teacher's page that calls a lesson off, and keeps another time for its learner (T-5)."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests import household as house
from tests import workplace
from tests.workplace import Workplace
from yueke.booking.models import Lesson
from yueke.inventory.models import Slot
from yueke.portals import ids
from yueke.portals.asked import FIELD, new_key
from yueke.portals.wall import show_wall

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(client: Client) -> Workplace:
    """Return a workplace whose teacher is logged in, spoken to in English."""
    client.cookies["django_language"] = "en"
    made = workplace.open_workplace()
    client.force_login(made.teacher_user)
    return made


def booked(work: Workplace, *, days: int = 3) -> str:
    """Book a lesson of the teacher's, and return the address that cancels it."""
    done = workplace.book(workplace=work, at=house.evening(days=days))
    return reverse("teacher_cancel", args=[ids.SEAT.show(done.seat_id)])


def test_the_lesson_leads_there_and_says_beforehand_what_happens(
    client: Client, work: Workplace
) -> None:
    url = booked(work)
    lesson = client.get(url.removesuffix("/cancel")).content.decode()
    assert url in lesson
    page = client.get(url).content.decode()
    assert "gets back everything that was paid" in page
    assert "for 24 hours" in page
    assert Lesson.objects.get().state == "booked"


def test_the_lesson_is_cancelled_and_another_time_is_kept(client: Client, work: Workplace) -> None:
    url, kept = booked(work), house.evening(days=4)
    keep = show_wall(instant=kept, zone=work.teacher.zone)
    done = client.post(url, {FIELD: new_key(), "keep": keep, "reason": "ill"}, follow=True)
    text = done.content.decode()
    assert "Cancelled: " in text
    assert "is kept for" in text
    assert Lesson.objects.get().state == "cancelled"
    slot = Slot.objects.get()
    assert (slot.starts_at, slot.target_id) == (kept, work.learner.pk)
    assert slot.reserved_until is not None
    assert slot.reserved_until - datetime.now(slot.reserved_until.tzinfo) < timedelta(hours=24)


def test_a_time_that_cannot_be_kept_changes_nothing_and_says_why(
    client: Client, work: Workplace
) -> None:
    url, off_grid = booked(work), house.evening(days=4, clock="19:10")
    keep = show_wall(instant=off_grid, zone=work.teacher.zone)
    answer = client.post(url, {FIELD: new_key(), "keep": keep})
    assert answer.status_code == 422
    assert "on the hour or the half-hour" in answer.content.decode()
    assert Lesson.objects.get().state == "booked"


def test_a_lesson_that_is_cancelled_is_not_cancelled_again(client: Client, work: Workplace) -> None:
    url = booked(work)
    client.post(url, {FIELD: new_key()})
    assert client.get(url).status_code == 409
    assert url not in client.get(url.removesuffix("/cancel")).content.decode()


def test_another_teacher_finds_no_such_lesson(client: Client, work: Workplace) -> None:
    url = booked(work)
    other = workplace.open_workplace(code="us")
    client.force_login(other.teacher_user)
    assert client.get(url).status_code == 404
    assert client.post(url, {FIELD: new_key()}).status_code == 404
    assert Lesson.objects.get().state == "booked"
