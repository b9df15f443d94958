"""CC-4, CC-5, TM-4, TM-5 and exchanges from the lesson's page: seen before, done, told after."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import asking, snapshot, workplace
from tests import household as house
from tests.workplace import Workplace
from yueke.booking.models import Lesson, Seat
from yueke.booking.queries import then as log
from yueke.kernel.grid import HALF_HOUR
from yueke.portals import ids
from yueke.wallet.queries import balances

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def work(client: Client) -> Workplace:
    """Return a workplace, spoken to in English."""
    client.cookies["django_language"] = "en"
    return workplace.open_workplace()


def enter(client: Client, work: Workplace, channel: str) -> None:
    """Log in somebody behind a channel."""
    client.force_login(workplace.add_staff(workplace=work, channel=channel))


def url_of(seat_id: int, deed: str) -> str:
    """Return the address of a deed."""
    return reverse("staff_lesson_do", args=[ids.SEAT.show(seat_id), deed])


def do(client: Client, url: str, **fields: str) -> str:
    """Look, which must change nothing, then do it; return the sheet and what was said."""
    before = snapshot.take()
    sheet = client.get(url, fields)
    assert sheet.status_code == 200
    assert snapshot.changes(before) == {}
    form = {**fields, "reason": "mother rang", "request_key": asking.new_key()}
    told = client.post(url, form, headers=HTMX)
    assert told.status_code == 200, told.content.decode()
    return sheet.content.decode() + told.content.decode()


@pytest.mark.parametrize("channel", ["cc", "tmk"])
def test_cc_4_tm_4_the_learner_leaves_and_another_takes_the_place(
    client: Client, work: Workplace, channel: str
) -> None:
    enter(client, work, channel)
    seat_id = workplace.book(workplace=work, at=house.evening(days=3)).seat_id
    sheet = do(client, url_of(seat_id, "fake-cancel"))
    assert "Booked, as it is" in sheet
    assert Lesson.objects.get().state == "vacant"
    other = workplace.add_learner(workplace=work, name="豆豆")
    drawer = client.get(reverse("staff_lesson", args=[ids.SEAT.show(seat_id)])).content.decode()
    assert url_of(seat_id, "swap") in drawer
    choices = client.get(url_of(seat_id, "swap")).content.decode()
    assert "豆豆" in choices
    assert "豆豆" not in client.get(url_of(seat_id, "swap"), {"q": "朵"}).content.decode()
    do(client, url_of(seat_id, "swap"), chosen=ids.LEARNER.show(other.pk))
    assert Lesson.objects.get().state == "booked"
    assert Seat.objects.get(state="live").learner_id == other.pk


@pytest.mark.parametrize("channel", ["cc", "tmk"])
def test_cc_5_tm_5_one_learner_comes_in_place_of_another(
    client: Client, work: Workplace, channel: str
) -> None:
    enter(client, work, channel)
    seat_id = workplace.book(workplace=work, at=house.evening(days=3)).seat_id
    other = workplace.add_learner(workplace=work, name="豆豆")
    sheet = do(client, url_of(seat_id, "swap"), chosen=ids.LEARNER.show(other.pk))
    assert re.search(r"豆豆: lesson</dt><dd>None → <span[^>]*>Booked", sheet)
    assert re.search(r"乐乐: lesson</dt><dd>Booked → <span[^>]*>Cancelled", sheet)
    assert Seat.objects.get(state="live").learner_id == other.pk


@pytest.mark.parametrize("channel", ["cc", "tmk"])
def test_cc_5_tm_5_who_comes_pays_as_is_chosen(
    client: Client, work: Workplace, channel: str
) -> None:
    enter(client, work, channel)
    seat_id = workplace.book(workplace=work, at=house.evening(days=3)).seat_id
    other = workplace.add_learner(workplace=work, name="豆豆")
    lot = house.add_lot(child=other, asset="coupon")
    coupon = f"coupon:{ids.LOT.show(lot.pk)}"
    chosen = {"chosen": ids.LEARNER.show(other.pk)}
    sheet = client.get(url_of(seat_id, "swap"), chosen).content.decode()
    assert f'name="pay" value="{coupon}"' in sheet
    assert 'name="pay" value="credit" checked' in sheet
    # Stones are for families and curriculum.
    assert 'value="stone"' not in sheet
    do(client, url_of(seat_id, "swap"), **chosen, pay=coupon)
    taken = Seat.objects.get(state="live")
    assert (taken.learner_id, taken.asset, taken.paid) == (other.pk, "coupon", 1)
    assert balances(market_id=work.market.pk, learner_id=other.pk, now=timezone.now()) == {
        "credit": 10
    }


def two_lessons(work: Workplace) -> tuple[int, int]:
    """Book a lesson with Amy and one with Ben, half an hour later, for two learners."""
    at = house.evening(days=3)
    first = workplace.book(workplace=work, at=at).seat_id
    ben = house.add_teacher(market=work.market, name="Ben", free=[at, at + HALF_HOUR])
    house.release(teacher=work.teacher, starts=[at + HALF_HOUR])
    other = workplace.add_learner(workplace=work, name="豆豆")
    second = asking.book_one(
        actor=asking.staff_of(market_id=work.market.pk),
        command=asking.to_book(learner=other, teacher=ben, starts_at=at + HALF_HOUR),
        now=timezone.now(),
    )
    return first, second.seat_id


def test_two_learners_exchange_places_and_the_log_rebuilds_it(
    client: Client, work: Workplace
) -> None:
    enter(client, work, "cc")
    first, second = two_lessons(work)
    lessons = list(Lesson.objects.order_by("starts_at"))
    learners = [Seat.objects.get(pk=seat).learner_id for seat in (first, second)]
    assert "豆豆" in client.get(url_of(first, "exchange-learners")).content.decode()
    sheet = do(client, url_of(first, "exchange-learners"), chosen=ids.SEAT.show(second))
    assert sheet.count("data-foreseen") == 2
    now = [Seat.objects.get(lesson_id=lesson.pk, state="live").learner_id for lesson in lessons]
    assert now == learners[::-1]
    then = [
        log.get_lesson_then(market_id=work.market.pk, lesson_id=one.pk, at=timezone.now())
        for one in lessons
    ]
    assert [(one.state, one.learners) for one in then] == [
        ("booked", [learner]) for learner in learners[::-1]
    ]


def test_two_lessons_exchange_their_times_and_the_log_rebuilds_it(
    client: Client, work: Workplace
) -> None:
    enter(client, work, "fireman")
    first, second = two_lessons(work)
    lessons = list(Lesson.objects.order_by("starts_at"))
    pairs = [
        (one.teacher_id, Seat.objects.get(lesson_id=one.pk, state="live").learner_id)
        for one in lessons
    ]
    sheet = do(client, url_of(first, "exchange-lessons"), chosen=ids.SEAT.show(second))
    assert sheet.count("data-foreseen") == 2
    then = [
        log.get_lesson_then(market_id=work.market.pk, lesson_id=one.pk, at=timezone.now())
        for one in lessons
    ]
    assert [(one.state, one.teacher_id, one.learners) for one in then] == [
        ("booked", teacher, [learner]) for teacher, learner in reversed(pairs)
    ]


def test_two_teachers_exchange_lessons_and_exchange_them_back(
    client: Client, work: Workplace
) -> None:
    enter(client, work, "fireman")
    first, second = two_lessons(work)
    before = list(Lesson.objects.order_by("starts_at").values_list("teacher_id", flat=True))
    told = do(client, url_of(first, "exchange-teachers"), chosen=ids.SEAT.show(second))
    after = list(Lesson.objects.order_by("starts_at").values_list("teacher_id", flat=True))
    assert after == before[::-1]
    undo = re.search(r'hx-post="([^"]*/undo[^"]*)"', told)
    assert undo is not None
    client.post(undo[1].replace("&amp;", "&"), headers=HTMX)
    back = list(Lesson.objects.order_by("starts_at").values_list("teacher_id", flat=True))
    assert back == before
