"""A lesson that has begun is among those to come until its own end, and after it among the past."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import asking, workplace
from tests import household as house
from tests.workplace import Workplace
from yueke.curriculum.models import Product
from yueke.people.models import User
from yueke.portals import ids

pytestmark = pytest.mark.django_db
MINUTES = 40


@pytest.fixture
def work(client: Client) -> Workplace:
    """Return a workplace with lessons of forty minutes, spoken to in English."""
    client.cookies["django_language"] = "en"
    made = workplace.open_workplace()
    Product.objects.filter(code="major").update(cells=2, minutes=MINUTES)
    return made


@pytest.fixture
def begins(work: Workplace) -> datetime:
    """Book a lesson of the first two half-hours of an evening, and return when it begins."""
    at = house.evening(days=3)
    house.release(teacher=work.teacher, starts=[at + timedelta(minutes=30)])
    workplace.book(workplace=work, at=at)
    return at


def partner(work: Workplace) -> User:
    """Return a learning partner's login."""
    return workplace.add_staff(workplace=work, channel="lp")


def to_come(work: Workplace) -> dict[User, list[str]]:
    """Return, for each kind of person, the pages with lessons to come."""
    learner, teacher = ids.LEARNER.show(work.learner.pk), ids.TEACHER.show(work.teacher.pk)
    return {
        work.home.user: [reverse("family_home"), reverse("family_lessons")],
        work.teacher_user: [reverse("teacher_lessons")],
        partner(work): [
            reverse("staff_console"),
            reverse("staff_learner", args=[learner]),
            reverse("staff_teacher", args=[teacher]),
        ],
    }


def past(work: Workplace) -> dict[User, str]:
    """Return the pages with lessons that are over."""
    return {
        work.home.user: reverse("family_lessons") + "?tab=past",
        work.teacher_user: reverse("teacher_lessons") + "?past=1",
    }


def test_a_lesson_that_is_on_stands_among_those_to_come(
    client: Client, work: Workplace, begins: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: begins + timedelta(minutes=MINUTES - 1))
    for person, urls in to_come(work).items():
        client.force_login(person)
        for url in urls:
            assert "chip-live" in client.get(url).content.decode(), url
    for person, url in past(work).items():
        client.force_login(person)
        assert "chip-live" not in client.get(url).content.decode(), url


def test_a_lesson_that_is_over_stands_among_the_past(
    client: Client, work: Workplace, begins: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: begins + timedelta(minutes=MINUTES))
    for person, urls in to_come(work).items():
        client.force_login(person)
        for url in urls:
            # The log of a learner goes on telling of it.
            assert "chip-" not in client.get(url).content.decode(), url
    for person, url in past(work).items():
        client.force_login(person)
        assert "chip-finished" in client.get(url).content.decode(), url


def test_a_teacher_with_no_lesson_to_come_is_told_what_to_do(
    client: Client, work: Workplace, begins: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: begins + timedelta(minutes=MINUTES))
    client.force_login(work.teacher_user)
    page = client.get(reverse("teacher_lessons")).content.decode()
    assert "No lessons here" in page
    assert "<table" not in page


def test_lessons_that_are_over_hide_none_that_is_on(
    client: Client, work: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = house.evening(days=3)
    special = work.home.products["special"]
    Product.objects.filter(code="major").update(cells=1)
    Product.objects.filter(code="special").update(minutes=10)
    for step, code in enumerate(["special"] * 5 + ["major"]):
        learner = workplace.add_learner(workplace=work, name=f"孩子{step}")
        house.open_course(child=learner, product=special)
        teacher = house.add_teacher(market=work.market, name=f"T{step}", free=[at])
        asking.book_one(
            actor=asking.staff_of(market_id=work.market.pk),
            command=asking.to_book(learner=learner, teacher=teacher, starts_at=at, product=code),
            now=timezone.now(),
        )
    monkeypatch.setattr("yueke.portals.staff.console.QUEUE", 1)
    monkeypatch.setattr(timezone, "now", lambda: at + timedelta(minutes=20))
    client.force_login(partner(work))
    page = client.get(reverse("staff_console")).content.decode()
    assert page.count("chip-live") == 1
    assert "孩子5" in page
