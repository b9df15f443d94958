"""The preview of many lessons: as many statements for twenty rows as for two."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import asking, workplace, world
from tests import household as house
from tests.workplace import Workplace
from yueke.cli.bench.statements import counted
from yueke.curriculum.models import Product
from yueke.kernel.grid import HALF_HOUR, floor
from yueke.people import channels
from yueke.portals import ids
from yueke.portals.staff.lesson_choices import SHOWN
from yueke.portals.staff.lesson_deeds import LESSON_DEEDS, LessonDeed

pytestmark = pytest.mark.django_db
NEW = "staff_bulk_new"
ROWS = 20
IN_BULK = [deed for deed in LESSON_DEEDS.values() if deed.in_bulk]


@pytest.fixture
def work(client: Client) -> Workplace:
    """Return a workplace, spoken to in English."""
    client.cookies["django_language"] = "en"
    return workplace.open_workplace()


def lessons(work: Workplace, at: datetime, *, count: int = ROWS) -> list[str]:
    """Book lessons at one time, each of its own learner and teacher, and return their seats."""
    before = min(at, timezone.now()) - HALF_HOUR
    seats = []
    for number in range(count):
        teacher = house.add_teacher(market=work.market, name=f"Ill {number}")
        house.release(teacher=teacher, starts=[at], now=before)
        booked = asking.book_one(
            actor=asking.staff_of(market_id=work.market.pk),
            command=asking.to_book(
                learner=workplace.add_learner(workplace=work, name=f"乐{number}"),
                teacher=teacher,
                starts_at=at,
            ),
            now=before,
        )
        seats.append(ids.SEAT.show(booked.seat_id))
    return seats


@pytest.mark.parametrize("deed", IN_BULK, ids=lambda deed: deed.code)
def test_many_rows_are_foreseen_with_as_many_statements_as_few(
    client: Client, work: Workplace, deed: LessonDeed
) -> None:
    has_begun = deed.code in ("finish", "teacher-absent", "learner-absent")
    at = floor(timezone.now()) if has_begun else house.evening(days=3)
    seats = lessons(work, at)
    for number in range(ROWS):
        house.add_teacher(market=work.market, name=f"Well {number}", free=[at])
    channel = next(code for code in channels.channels() if channels.may(code, *deed.need))
    channel = "fireman" if channels.may("fireman", *deed.need) else channel
    client.force_login(workplace.add_staff(workplace=work, channel=channel))
    sent = []
    for ticked in (seats[:2], seats):
        client.get(reverse(NEW), {"do": deed.code, "row": ticked})
        with counted() as statements:
            page = client.get(reverse(NEW), {"do": deed.code, "row": ticked}).content.decode()
        assert page.count('name="row"') == len(ticked)
        sent.append(len(statements))
    assert sent[0] == sent[1] < 30


def test_one_teacher_is_not_foreseen_for_two_lessons_at_one_time(
    client: Client, work: Workplace
) -> None:
    client.force_login(workplace.add_staff(workplace=work, channel="fireman"))
    at = house.evening(days=3)
    seats = lessons(work, at)[:2]
    ben = house.add_teacher(market=work.market, name="Ben", free=[at])
    form = {
        "do": "teacher",
        "row": [f"{seat}~{ids.TEACHER.show(ben.pk)}" for seat in seats],
    }
    page = client.get(reverse(NEW), form).content.decode()
    # The first has him, and nobody is left for the second.
    assert page.count("Ben") == 1
    assert page.count("No other teacher has this time open") == 1


def test_more_rows_at_one_time_than_a_list_shows_find_a_teacher_each(
    client: Client, work: Workplace
) -> None:
    client.force_login(workplace.add_staff(workplace=work, channel="fireman"))
    at = house.evening(days=3)
    seats = lessons(work, at, count=SHOWN + 1)
    for number in range(SHOWN + 1):
        house.add_teacher(market=work.market, name=f"Well {number}.", free=[at])
    page = client.get(reverse(NEW), {"do": "teacher", "row": seats}).content.decode()
    assert "No other teacher has this time open" not in page
    assert all(page.count(f"Well {number}.") == 1 for number in range(SHOWN + 1))


def test_one_teacher_is_not_chosen_for_lessons_that_overlap(
    client: Client, work: Workplace
) -> None:
    client.force_login(workplace.add_staff(workplace=work, channel="fireman"))
    at = house.evening(days=3)
    [late] = lessons(work, at + HALF_HOUR, count=1)
    level7 = work.home.products["level7"]
    Product.objects.filter(pk=level7.pk).update(cells=2, minutes=55)
    house.open_course(child=work.learner, product=level7)
    house.release(teacher=work.teacher, starts=[at, at + HALF_HOUR])
    booked = asking.book_one(
        actor=asking.staff_of(market_id=work.market.pk),
        command=asking.to_book(
            learner=work.learner, teacher=work.teacher, starts_at=at, product="level7"
        ),
        now=timezone.now(),
    )
    long = ids.SEAT.show(booked.seat_id)
    for name in ("Ben", "Ann"):
        house.add_teacher(market=work.market, name=name, free=[at, at + HALF_HOUR])
    page = client.get(reverse(NEW), {"do": "teacher", "row": [long, late]}).content.decode()
    assert (page.count("Ben"), page.count("Ann")) == (1, 1)
    assert page.count('name="row"') == 2


def test_a_lesson_ticked_twice_is_one(client: Client, work: Workplace) -> None:
    client.force_login(workplace.add_staff(workplace=work, channel="fireman"))
    [seat, *_] = lessons(work, floor(timezone.now()))
    page = client.get(reverse(NEW), {"do": "finish", "row": [seat, f"{seat}~"]})
    assert page.content.decode().count('name="row"') == 1


def test_two_learners_of_one_lesson_go_to_one_teacher(client: Client, work: Workplace) -> None:
    at = house.evening(days=3)
    [seat] = lessons(work, at, count=1)
    friend = workplace.add_learner(workplace=work, name="友友")
    beside = world.seat_beside(learner=friend, seat_id=ids.read_seat(seat))
    for number in range(2):
        house.add_teacher(market=work.market, name=f"Well {number}", free=[at])
    client.force_login(workplace.add_staff(workplace=work, channel="fireman"))
    ticked = [seat, ids.SEAT.show(beside)]
    page = client.get(reverse(NEW), {"do": "teacher", "row": ticked}).content.decode()
    assert (page.count("Well 0"), page.count("Well 1")) in {(2, 0), (0, 2)}
    assert "This teacher has the lesson already" in page
