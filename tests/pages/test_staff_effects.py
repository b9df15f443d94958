"""What a sheet says is done to others: teachers' pay, who is told by which way, whose calendars."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import asking, classroom, snapshot, workplace
from tests import household as house
from tests.workplace import Workplace
from yueke.kernel.grid import HALF_HOUR, floor
from yueke.people.models import PolicyValue, User
from yueke.portals import ids
from yueke.portals.asked import FIELD, new_key
from yueke.portals.stamps import show_stamp
from yueke.portals.wall import show_wall

pytestmark = pytest.mark.django_db
OTHERS = ("pay", "Told of it", "Calendar changes")
NOBODY = {"Told of it": "Nobody", "Calendar changes": "Nobody's"}


@pytest.fixture
def work(client: Client) -> Workplace:
    """Return a workplace, spoken to in English, whose family and teacher can be written to."""
    client.cookies["django_language"] = "en"
    made = workplace.open_workplace()
    for user in (made.home.user, made.teacher_user):
        User.objects.filter(pk=user.pk).update(email=f"{user.username}@example.com")
    return made


def enter(client: Client, work: Workplace, channel: str) -> None:
    """Log in somebody of a channel of staff."""
    client.force_login(workplace.add_staff(workplace=work, channel=channel))


def told(page: str) -> dict[str, str]:
    """Return what a sheet says of others."""
    pairs = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page)
    lines = {what: unescape(re.sub("<[^>]+>", "", words)).strip() for what, words in pairs}
    return {what: words for what, words in lines.items() if what.endswith(OTHERS)}


def sheet(client: Client, seat: str, deed: str, **fields: str) -> dict[str, str]:
    """Return what the sheet of a deed says of others; nothing happens."""
    before = snapshot.take()
    page = client.get(reverse("staff_lesson_do", args=[seat, deed]), fields)
    assert page.status_code == 200, page.content.decode()
    assert snapshot.changes(before) == {}
    return told(page.content.decode())


def to_come(work: Workplace) -> str:
    """Book a lesson to come, and return its seat's id."""
    return ids.SEAT.show(workplace.book(workplace=work, at=house.evening(days=3)).seat_id)


def begun(work: Workplace) -> str:
    """Book a lesson that is on now, and return its seat's id."""
    start = floor(timezone.now())
    house.release(teacher=work.teacher, starts=[start], now=start - HALF_HOUR)
    booked = asking.book_one(
        actor=asking.staff_of(market_id=work.market.pk),
        command=asking.to_book(learner=work.learner, teacher=work.teacher, starts_at=start),
        now=start - HALF_HOUR,
    )
    return ids.SEAT.show(booked.seat_id)


def test_f_5_another_teacher_is_paid_and_all_three_see_it_in_their_calendars(
    client: Client, work: Workplace
) -> None:
    seat, ben = to_come(work), house.add_teacher(market=work.market, name="Ben")
    house.release(teacher=ben, starts=[house.evening(days=3)])
    enter(client, work, "fireman")
    # Ben has no login, and so no address.
    assert sheet(client, seat, "teacher", chosen=ids.TEACHER.show(ben.pk)) == {
        "Amy: pay": "Paid once it is taught → Not paid",
        "Ben: pay": "Not paid → Paid once it is taught",
        "Told of it": f"{work.home.family.name} (E-mail), Amy (E-mail)",
        "Calendar changes": "Amy, Ben, 乐乐",
    }


def test_teachers_who_exchange_lessons_are_paid_as_before_and_all_are_told(
    client: Client, work: Workplace
) -> None:
    seat, at = to_come(work), house.evening(days=3) + HALF_HOUR
    ben = house.add_teacher(market=work.market, name="Ben", free=[at - HALF_HOUR, at])
    house.release(teacher=work.teacher, starts=[at])
    other = asking.book_one(
        actor=asking.staff_of(market_id=work.market.pk),
        command=asking.to_book(
            learner=workplace.add_learner(workplace=work, name="豆豆"), teacher=ben, starts_at=at
        ),
        now=timezone.now(),
    )
    enter(client, work, "fireman")
    found = sheet(client, seat, "exchange-teachers", chosen=ids.SEAT.show(other.seat_id))
    assert [what for what in found if what.endswith("pay")] == []
    assert set(found["Calendar changes"].split(", ")) == {"Amy", "Ben", "乐乐", "豆豆"}


def test_f_3_a_finished_lesson_is_paid_and_nobody_is_told(client: Client, work: Workplace) -> None:
    seat = begun(work)
    enter(client, work, "fireman")
    pay = {"Amy: pay": "Paid once it is taught → Paid"}
    assert sheet(client, seat, "finish") == pay | NOBODY
    client.post(reverse("staff_lesson_do", args=[seat, "finish"]), {FIELD: "a"})
    pay = {"Amy: pay": "Paid → Paid once it is taught"}
    assert sheet(client, seat, "undo-finish") == pay | NOBODY


def test_f_9_a_teacher_who_did_not_come_is_not_paid_but_is_where_the_learner_did_not(
    client: Client, work: Workplace
) -> None:
    seat = begun(work)
    enter(client, work, "fireman")
    assert sheet(client, seat, "teacher-absent") == {
        "Amy: pay": "Paid once it is taught → Not paid",
        "Told of it": f"{work.home.family.name} (E-mail)",
        "Calendar changes": "Amy, 乐乐",
    }
    pay = {"Amy: pay": "Paid once it is taught → Paid"}
    assert sheet(client, seat, "learner-absent") == pay | NOBODY


@pytest.mark.parametrize(
    ("policy", "pay"),
    [
        ("paid", {"Amy: pay": "Paid once it is taught → Paid, also if nobody comes"}),
        ("unpaid", {}),
    ],
)
def test_tm_4_whether_time_that_is_kept_is_paid_is_the_policy(
    client: Client, work: Workplace, policy: str, pay: dict[str, str]
) -> None:
    PolicyValue.objects.create(
        id=1, market_id=work.market.pk, name="fake_cancel_pay", value=policy,
        from_at=timezone.now(),
    )  # fmt: skip
    seat = to_come(work)
    enter(client, work, "tmk")
    family = f"{work.home.family.name} (E-mail)"
    others = {"Told of it": family, "Calendar changes": "Amy, 乐乐"}
    assert sheet(client, seat, "fake-cancel") == pay | others


def test_what_a_person_does_they_are_not_told(client: Client, work: Workplace) -> None:
    seat = to_come(work)
    client.force_login(work.teacher_user)
    page = client.get(reverse("teacher_cancel", args=[seat])).content.decode()
    assert told(page) == {
        "Amy: pay": "Paid once it is taught → Not paid",
        "Told of it": f"{work.home.family.name} (E-mail)",
        "Calendar changes": "Amy, 乐乐",
    }


def test_a_booking_says_whose_pay_and_calendar_it_comes_to(client: Client, work: Workplace) -> None:
    at = house.evening(days=3)
    house.release(teacher=work.teacher, starts=[at])
    enter(client, work, "lp")
    fields = {
        "product": "major",
        "teacher": ids.TEACHER.show(work.teacher.pk),
        "at": show_stamp(at),
    }
    url = reverse("staff_confirm", args=[ids.LEARNER.show(work.learner.pk)])
    assert told(client.get(url, fields).content.decode()) == {
        "Amy: pay": "Not paid → Paid once it is taught",
        "Told of it": "Nobody",
        "Calendar changes": "Amy, 乐乐",
    }


def test_a_sheet_that_asks_first_says_it_too(client: Client, work: Workplace) -> None:
    enter(client, work, "lp")
    at = house.evening(days=3)
    fields = {
        FIELD: new_key(),
        "product": "major",
        "teacher": "Amy",
        "at": show_wall(instant=at, zone=work.market.zone),
        "reason": "asked by the family",
    }
    url = reverse("staff_ask", args=[ids.LEARNER.show(work.learner.pk)])
    page = client.post(url, fields).content.decode()
    assert told(page) == {"Told of it": "Amy (E-mail)", "Calendar changes": "Nobody's"}


def test_cu_5_a_class_that_is_cancelled_tells_its_learners_and_its_teacher(
    client: Client, work: Workplace
) -> None:
    lesson = classroom.published(workplace=work, at=house.evening(days=3))
    enter(client, work, "curriculum")
    book = reverse("staff_class_book", args=[lesson])
    page = client.get(book, {"learner": ids.LEARNER.show(work.learner.pk)}).content.decode()
    assert told(page) == {"Told of it": "Nobody", "Calendar changes": "Ms Open, 乐乐"}
    classroom.seated(workplace=work, lesson=lesson, learner=work.learner)
    page = client.get(reverse("staff_class_do", args=[lesson, "cancel"])).content.decode()
    assert told(page) == {
        "Ms Open: pay": "Paid once it is taught → Not paid",
        "Told of it": f"{work.home.family.name} (E-mail)",
        "Calendar changes": "Ms Open, 乐乐",
    }
