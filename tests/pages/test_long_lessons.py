"""Lessons of more than one half-hour: found and booked on the pages like any other."""

import re
from datetime import datetime, timedelta
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from tests import household as house
from tests import workplace
from tests.workplace import Workplace
from yueke.booking.models import Lesson
from yueke.curriculum.models import Product
from yueke.kernel.grid import HALF_HOUR
from yueke.people.models import Teacher
from yueke.portals import ids
from yueke.portals.family.addresses import stamp
from yueke.portals.stamps import show_stamp

pytestmark = pytest.mark.django_db
AT = house.evening(days=3)
# The last half-hour of a week from today on.
LATE = house.evening(days=6, clock="23:30")


@pytest.fixture
def work(client: Client) -> Workplace:
    """Return a workplace with lessons of an hour, and the teacher open for one of them."""
    client.cookies["django_language"] = "en"
    made = workplace.open_workplace()
    Product.objects.filter(code="major").update(cells=2, minutes=55)
    offer(made.teacher, AT)
    return made


def offer(teacher: Teacher, at: datetime) -> None:
    """Open the two half-hours from a time on."""
    house.release(teacher=teacher, starts=[at, at + HALF_HOUR])


def as_parent(client: Client, work: Workplace) -> dict[str, str]:
    """Log in the family, and return what its addresses carry."""
    client.force_login(work.home.user)
    client.get(reverse("enter_h5"))
    return {"learner": ids.LEARNER.show(work.learner.pk), "product": "major"}


def as_staff(client: Client, work: Workplace, channel: str = "lp") -> str:
    """Log in somebody of a channel, and return the address where lessons are looked for."""
    client.force_login(workplace.add_staff(workplace=work, channel=channel))
    return reverse("staff_book", args=[ids.LEARNER.show(work.learner.pk)])


def sheet_url(page: str) -> str:
    """Return the address of the only sheet that a page leads to."""
    url: str
    [url] = set(re.findall(r'hx-get="([^"]*confirm[^"]*)"', page))
    return url.replace("&amp;", "&")


def book(client: Client, url: str, **more: str) -> None:
    """Open a sheet and book what it shows; it takes an hour of the teacher."""
    answer = client.get(url)
    assert answer.status_code == 200
    fields = re.findall(
        r'<input type="hidden" name="(\w+)" value="([^"]*)"', answer.content.decode()
    )
    form = {**dict(fields), "pay": "credit", **more}
    assert client.post(url.partition("?")[0], form).status_code == 302
    lesson = Lesson.objects.get()
    assert (lesson.starts_at, lesson.cells) == (AT, 2)


def test_a_parent_books_by_time(client: Client, work: Workplace) -> None:
    query = {**as_parent(client, work), "at": stamp(AT)}
    page = client.get(reverse("family_book"), query).content.decode()
    assert "Amy" in page
    book(client, sheet_url(page))


def test_a_parent_books_by_teacher(client: Client, work: Workplace) -> None:
    query = {**as_parent(client, work), "day": f"{AT:%Y-%m-%d}"}
    page = client.get(reverse("family_by_teacher"), query).content.decode()
    book(client, sheet_url(page))


@pytest.mark.parametrize("by", ["time", "teacher"])
def test_staff_book_by_time_and_by_teacher(client: Client, work: Workplace, by: str) -> None:
    chosen = {"time": {"at": show_stamp(AT)}, "teacher": {"q": "Amy"}}[by]
    url = as_staff(client, work)
    page = client.get(url, {"product": "major", "day": f"{AT:%Y-%m-%d}", **chosen})
    book(client, sheet_url(page.content.decode()), reason="mother rang")


def test_a_lesson_may_last_into_the_next_day(client: Client, work: Workplace) -> None:
    offer(work.teacher, LATE)
    url = as_staff(client, work)
    day = {"product": "major", "day": f"{LATE:%Y-%m-%d}"}
    assert ">23:30<" in client.get(url, day).content.decode()
    several = reverse("staff_several", args=[ids.LEARNER.show(work.learner.pk)])
    week = {
        "product": "major",
        "teacher": ids.TEACHER.show(work.teacher.pk),
        "day": f"{LATE - timedelta(days=6):%Y-%m-%d}",
    }
    assert f'value="{show_stamp(LATE)}"' in client.get(several, week).content.decode()


def gone(client: Client, work: Workplace, at: datetime, teacher: Teacher) -> str:
    """Return the sheet of a time that can't be had any more."""
    wish = {**as_parent(client, work), "at": stamp(at), "teacher": ids.TEACHER.show(teacher.pk)}
    answer = client.get(reverse("family_confirm"), wish)
    assert answer.status_code == 409
    return answer.content.decode()


def test_a_child_is_busy_till_the_end_of_a_lesson_that_has_begun(
    client: Client, work: Workplace
) -> None:
    house.book(household=work.home, teacher=work.teacher, at=AT)
    ben = house.add_teacher(market=work.market, name="Ben")
    offer(ben, AT + HALF_HOUR)
    offer(ben, AT + 4 * HALF_HOUR)
    sheet = gone(client, work, AT + HALF_HOUR, ben)
    assert 'data-refusal="learner_busy"' in sheet
    # A time that is offered instead is offered whole.
    book_url = sheet_url(sheet)
    assert quote(stamp(AT + 4 * HALF_HOUR)) in book_url
    assert client.get(book_url).status_code == 200


def test_a_lesson_whose_second_half_is_taken_is_gone_and_others_are_named(
    client: Client, work: Workplace
) -> None:
    other = workplace.add_learner(workplace=work, name="豆豆")
    house.release(teacher=work.teacher, starts=[AT + 2 * HALF_HOUR])
    workplace.book(workplace=work, at=AT + HALF_HOUR, learner=other)
    offer(house.add_teacher(market=work.market, name="Ben"), AT)
    sheet = gone(client, work, AT, work.teacher)
    assert 'data-refusal="slot_already_taken"' in sheet
    assert "Ben" in sheet.partition('id="others"')[2]


def test_f_1_a_teacher_who_offered_half_of_it_can_be_taken(client: Client, work: Workplace) -> None:
    ben = house.add_teacher(market=work.market, name="Ben", free=[AT + HALF_HOUR])
    url = as_staff(client, work, "fireman")
    asked = {"product": "major", "day": f"{AT:%Y-%m-%d}", "at": show_stamp(AT)}
    free, others = client.get(url, asked).content.decode().split("Who has not offered this time")
    assert ("Amy" in free, "Amy" in others) == (True, False)
    assert ("Ben" in free, "Ben" in others) == (False, True)
    book(client, sheet_url(others), reason="mother rang")
    assert Lesson.objects.get().teacher_id == ben.pk


def test_a_half_hour_of_the_board_shows_the_lesson_that_goes_on(
    client: Client, work: Workplace
) -> None:
    house.book(household=work.home, teacher=work.teacher, at=AT)
    as_staff(client, work, "supply")
    for at, is_on in ((AT, True), (AT + HALF_HOUR, True), (AT + 2 * HALF_HOUR, False)):
        sheet = client.get(reverse("staff_supply_cell", args=[show_stamp(at)])).content.decode()
        assert ("Amy" in sheet) is is_on
