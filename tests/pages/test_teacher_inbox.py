"""The teacher's inbox: lesson requests and contracts, seen with what accepting does (T-3, T-6)."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import asking, workplace
from tests import household as house
from tests.workplace import Workplace
from yueke.booking.models import Lesson
from yueke.inventory.models import Slot
from yueke.portals import ids
from yueke.portals.asked import FIELD, new_key
from yueke.supply.requests import commands
from yueke.supply.requests.models import LessonRequest
from yueke.supply.requests.operations import Wish

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(client: Client) -> Workplace:
    """Return a workplace whose teacher is logged in, spoken to in English."""
    client.cookies["django_language"] = "en"
    made = workplace.open_workplace()
    client.force_login(made.teacher_user)
    return made


def asked(work: Workplace, at: datetime, *, reason: str = "只有这个时间 🙏") -> str:
    """Ask the teacher for a time, and return the address of the request."""
    wish = Wish(work.learner.pk, work.teacher.pk, at, "major")
    lp = asking.staff_of(market_id=work.market.pk, channel="lp")
    request = asking.request(actor=lp, now=timezone.now())
    [made] = asking.done(commands.ask(request, wish=wish, reason=reason))
    return reverse("teacher_request", args=[ids.REQUEST.show(made.request_id)])


def test_the_inbox_is_empty_until_something_waits(client: Client, work: Workplace) -> None:
    page = client.get(reverse("teacher_inbox")).content.decode()
    assert "Nothing waits for you" in page
    url = asked(work, house.evening(days=3))
    page = client.get(reverse("teacher_inbox")).content.decode()
    assert url in page
    assert 'class="nav-count">1<' in page


def test_accepting_is_seen_beforehand_and_books(client: Client, work: Workplace) -> None:
    url = asked(work, house.evening(days=3))
    sheet = client.get(url).content.decode()
    assert "Your day when you accept" in sheet
    assert "只有这个时间 🙏" in sheet
    assert Lesson.objects.count() == 0
    done = client.post(url, {FIELD: new_key(), "answer": "accept", "keep": "on"}, follow=True)
    assert "Booked: " in done.content.decode()
    assert Lesson.objects.get().teacher_id == work.teacher.pk
    assert Slot.objects.get().kept_on_cancel is True


def test_rejecting_books_nothing(client: Client, work: Workplace) -> None:
    url = asked(work, house.evening(days=3))
    done = client.post(url, {FIELD: new_key(), "answer": "reject", "reason": "ill"}, follow=True)
    assert "Rejected: " in done.content.decode()
    assert LessonRequest.objects.get().answer == "ill"
    assert Lesson.objects.count() == 0


def test_what_cannot_be_accepted_says_why(client: Client, work: Workplace) -> None:
    at = house.evening(days=3)
    url = asked(work, at)
    other = house.add_teacher(market=work.market, name="Tom", free=[at])
    lp = asking.staff_of(market_id=work.market.pk, channel="lp")
    order = asking.order_of(
        actor=lp,
        commands=[asking.to_book(learner=work.learner, teacher=other, starts_at=at)],
    )
    asking.results_of(asking.book_orders(orders=[order], now=timezone.now())[0])
    assert "isn&#x27;t free for the learner" in client.get(url).content.decode()
    refused = client.post(url, {FIELD: new_key(), "answer": "accept"})
    assert refused.status_code == 409
    assert LessonRequest.objects.get().state == "waiting"


def test_a_request_to_another_teacher_is_not_there(client: Client, work: Workplace) -> None:
    other = house.add_teacher(market=work.market, name="Tom")
    wish = Wish(work.learner.pk, other.pk, house.evening(days=3), "major")
    lp = asking.staff_of(market_id=work.market.pk, channel="lp")
    request = asking.request(actor=lp, now=datetime.now(UTC))
    [made] = asking.done(commands.ask(request, wish=wish))
    url = reverse("teacher_request", args=[ids.REQUEST.show(made.request_id)])
    assert client.get(url).status_code == 404
    assert client.post(url, {FIELD: new_key(), "answer": "accept"}).status_code == 404
    assert LessonRequest.objects.get().state == "waiting"
