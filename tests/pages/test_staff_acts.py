"""What staff do for a learner besides booking: filled in, seen beforehand, then done."""

import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from tests import household as house
from tests import workplace
from tests.workplace import Workplace
from yueke.booking.models import Lesson
from yueke.booking.overbooking.models import OverbookStep
from yueke.curriculum.models import Course, LearningProgress, Price, Product
from yueke.people.models import Teacher
from yueke.portals import ids
from yueke.portals.asked import FIELD, new_key
from yueke.portals.stamps import show_stamp
from yueke.portals.wall import show_wall
from yueke.supply.contracts.models import Contract
from yueke.supply.dedicated.models import Dedicated
from yueke.supply.holidays.models import Holiday
from yueke.supply.requests.models import LessonRequest
from yueke.supply.weeks import WEEK, monday_of

pytestmark = pytest.mark.django_db
AT = house.evening(days=8)


@pytest.fixture
def work(client: Client) -> Workplace:
    """Return a workplace where a learning partner is logged in, spoken to in English."""
    client.cookies["django_language"] = "en"
    made = workplace.open_workplace()
    client.force_login(workplace.add_staff(workplace=made, channel="lp"))
    return made


def url(work: Workplace, page: str) -> str:
    """Return the address of a sheet about the learner."""
    return reverse(page, args=[ids.LEARNER.show(work.learner.pk)])


def seen(client: Client, address: str, fields: dict[str, Any]) -> str:
    """Post a sheet once, and return what it says would happen."""
    answer = client.post(address, {FIELD: new_key(), **fields})
    assert answer.status_code == 200, answer.content.decode()
    page = answer.content.decode()
    assert "What would happen" in page
    return page


def done(client: Client, address: str, fields: dict[str, Any]) -> str:
    """Look at the effect, confirm it, and return the page it leads to."""
    page = seen(client, address, fields)
    confirm = re.search(r'name="confirm" value="(\w+)"', page)
    assert confirm is not None
    again = {FIELD: new_key(), **fields, "confirm": confirm[1]}
    return client.post(address, again, follow=True).content.decode()


def asking(work: Workplace, teacher: Teacher) -> dict[str, Any]:
    """Return what asks a teacher for a time."""
    at = show_wall(instant=AT, zone=house.ZONE)
    return {"product": "major", "teacher": teacher.name, "at": at, "reason": "妈妈来电"}


def test_a_teacher_is_asked_once_it_was_seen(client: Client, work: Workplace) -> None:
    tom = house.add_teacher(market=work.market, name="Tom")
    fields, address = asking(work, tom), url(work, "staff_ask")
    assert "What would happen" not in client.get(address).content.decode()
    seen(client, address, fields)
    assert LessonRequest.objects.count() == 0
    done(client, address, fields)
    assert LessonRequest.objects.get().reason == "妈妈来电"


def test_what_has_changed_since_is_seen_again(client: Client, work: Workplace) -> None:
    tom = house.add_teacher(market=work.market, name="Tom")
    house.add_teacher(market=work.market, name="Ann")
    fields, address = asking(work, tom), url(work, "staff_ask")
    page = seen(client, address, fields)
    confirm = re.search(r'name="confirm" value="(\w+)"', page)
    assert confirm is not None
    seen(client, address, {**fields, "teacher": "Ann", "confirm": confirm[1]})
    assert LessonRequest.objects.count() == 0


def test_a_name_nobody_has_and_a_refusal_say_what_to_try(client: Client, work: Workplace) -> None:
    tom = house.add_teacher(market=work.market, name="Tom", free=[AT])
    address = url(work, "staff_ask")
    wrong = client.post(address, {FIELD: new_key(), **asking(work, tom), "teacher": "Nobody"})
    assert wrong.status_code == 422
    assert "Nobody is called so." in wrong.content.decode()
    is_open = client.post(address, {FIELD: new_key(), **asking(work, tom)})
    assert is_open.status_code == 409
    assert "Book it: no request is needed." in is_open.content.decode()


def test_requests_are_listed_and_taken_back(client: Client, work: Workplace) -> None:
    tom = house.add_teacher(market=work.market, name="Tom")
    done(client, url(work, "staff_ask"), asking(work, tom))
    page = client.get(reverse("staff_requests"), {"q": work.learner.name}).content.decode()
    assert "Tom" in page
    one = LessonRequest.objects.get()
    back = reverse("staff_request_take_back", args=[ids.REQUEST.show(one.pk)])
    assert back in page
    done(client, back, {"reason": "too late"})
    assert LessonRequest.objects.get().state == "withdrawn"
    text = client.get(reverse("staff_requests"), {"format": "csv"}).content.decode("utf-8-sig")
    assert "taken back" in text


def test_a_dual_learner_is_scheduled_and_a_contract_ended(client: Client, work: Workplace) -> None:
    allround = Product.objects.create(
        market=work.market, code="allround", name_zh="全项", name_en="All-round"
    )
    course = Course.objects.create(market=work.market, product=allround, level=3, name="A 3")
    Price.objects.create(product=allround, asset="credit", amount=1)
    LearningProgress.objects.create(learner=work.learner, product=allround, course=course)
    for name, tags in (("Lin", ["chinese"]), ("Emma", ["native"])):
        teacher = house.add_teacher(market=work.market, name=name, tags=tags)
        teacher.skills = ["allround:3"]
        teacher.save()
    monday = monday_of(datetime.now(ZoneInfo(house.ZONE)), ZoneInfo(house.ZONE)) + WEEK
    fields = {
        "product": "allround", "first_week": monday.isoformat(), "reason": "双优",
        "chinese": "Lin", "chinese_day": "1", "chinese_at": "19:00",
        "foreign": "Emma", "foreign_day": "3", "foreign_at": "19:30",
    }  # fmt: skip
    address = url(work, "staff_schedule")
    assert seen(client, address, fields).count(": booked") == 4
    # A week that lies on a holiday is told of, before and after.
    day = monday + timedelta(days=3)
    Holiday.objects.create(id=1, market_id=work.market.pk, name="元旦", first_day=day, last_day=day)
    assert "can&#x27;t be booked (This day is a holiday)" in seen(client, address, fields)
    assert Contract.objects.count() == Lesson.objects.count() == 0
    page = done(client, address, fields)
    assert "Lin" in page
    assert Lesson.objects.count() == 3
    first = Contract.objects.order_by("id")[0]
    sheet = client.get(reverse("staff_contract", args=[ids.CONTRACT.show(first.pk)]))
    assert "Lin" in sheet.content.decode()
    last = Contract.objects.order_by("id")[1]
    for language, words in (("en", "This day is a holiday"), ("zh-hans", "这天放假")):
        client.cookies["django_language"] = language
        sheet = client.get(reverse("staff_contract", args=[ids.CONTRACT.show(last.pk)]))
        assert words in sheet.content.decode()
    client.cookies["django_language"] = "en"
    done(client, reverse("staff_contract_end", args=[ids.CONTRACT.show(first.pk)]), {"reason": "x"})
    assert Lesson.objects.filter(state="cancelled").count() == 2


def test_an_own_teacher_is_chosen_with_a_weekly_time(client: Client, work: Workplace) -> None:
    tom = house.add_teacher(market=work.market, name="Tom")
    fields = {"product": "major", "teacher": "Tom", "day": "1", "at": "19:00", "reason": "x"}
    done(client, url(work, "staff_own_teacher"), fields)
    own = Dedicated.objects.get()
    assert (own.teacher_id, own.times) == (tom.pk, [48 + 38])


def test_nothing_lost_says_so(client: Client, work: Workplace) -> None:
    page = client.get(url(work, "staff_catch_up")).content.decode()
    assert "Nothing was lost lately" in page


def test_a_trial_is_overbooked_where_there_is_room(client: Client, work: Workplace) -> None:
    product = Product.objects.create(
        market=work.market, code="trial", name_zh="试听", name_en="Trial"
    )
    Course.objects.create(market=work.market, product=product, level=0, name="Trial")
    Price.objects.create(product=product, asset="credit", amount=0)
    OverbookStep.objects.create(
        market_id=work.market.pk, product_id=product.pk, from_half_hour=0,
        ratio_percent=100, floor=0, ceiling=1,
    )  # fmt: skip
    client.force_login(workplace.add_staff(workplace=work, channel="cc"))
    at = house.evening(days=3)
    fields = {"at": show_stamp(at), "reason": "new family"}
    done(client, url(work, "staff_overbook"), fields)
    assert Lesson.objects.get().teacher_id is None


@pytest.mark.parametrize(
    ("page", "channel"),
    [
        ("staff_ask", "cc"),
        ("staff_schedule", "cc"),
        ("staff_catch_up", "tmk"),
        ("staff_own_teacher", "fireman"),
        ("staff_overbook", "fireman"),
        ("staff_dual", "tmk"),
    ],
)
def test_acts_are_for_their_channels(
    client: Client, work: Workplace, page: str, channel: str
) -> None:
    client.force_login(workplace.add_staff(workplace=work, channel=channel))
    assert client.get(url(work, page)).status_code == 403
    assert client.post(url(work, page), {FIELD: new_key()}).status_code == 403
    learner = client.get(reverse("staff_learner", args=[ids.LEARNER.show(work.learner.pk)]))
    assert url(work, page) not in learner.content.decode()


@pytest.mark.parametrize("page", ["staff_requests", "staff_contracts", "staff_waits"])
def test_lists_are_for_who_may_see_them(client: Client, work: Workplace, page: str) -> None:
    client.force_login(workplace.add_staff(workplace=work, channel="marketing"))
    assert client.get(reverse(page)).status_code == 403
    client.force_login(workplace.add_staff(workplace=work, channel="supply"))
    assert client.get(reverse(page)).status_code == 200


def test_assured_priority_says_whom_it_is_for(client: Client, work: Workplace) -> None:
    page = client.get(reverse("staff_assured")).content.decode()
    assert "None of your learners has an own teacher" in page
    client.force_login(workplace.add_staff(workplace=work, channel="cc"))
    assert client.get(reverse("staff_assured")).status_code == 403


def several(work: Workplace, at: datetime) -> str:
    """Return the address of the sheet with a teacher's times from a day on."""
    teacher = ids.TEACHER.show(work.teacher.pk)
    query = f"?product=major&teacher={teacher}&day={at:%Y-%m-%d}"
    return url(work, "staff_several") + query


def test_lp_8_several_times_of_a_teacher_are_booked_all_or_none(
    client: Client, work: Workplace
) -> None:
    starts = [house.evening(days=3), house.evening(days=4)]
    house.release(teacher=work.teacher, starts=starts)
    book = reverse("staff_book", args=[ids.LEARNER.show(work.learner.pk)])
    found = client.get(book, {"day": f"{starts[0]:%Y-%m-%d}", "at": show_stamp(starts[0])})
    assert url(work, "staff_several") in found.content.decode()
    address = several(work, starts[0])
    assert show_stamp(starts[1]) in client.get(address).content.decode()
    # One of them is gone by the time it is confirmed.
    other = workplace.add_learner(workplace=work, name="天天")
    house.release(teacher=work.teacher, starts=[house.evening(days=5)])
    workplace.book(workplace=work, at=house.evening(days=5), learner=other)
    ticked = [show_stamp(at) for at in (*starts, house.evening(days=5))]
    fields = {"times": ticked, "mode": "all", "pay": "credit", "reason": "mother rang"}
    page = seen(client, address, fields)
    assert page.count("not booked") == 3
    done(client, address, fields)
    assert Lesson.objects.count() == 1
    page = seen(client, address, {**fields, "mode": "each"})
    assert (page.count("booked for 1 credit"), page.count("not booked")) == (2, 1)
    done(client, address, {**fields, "mode": "each"})
    assert Lesson.objects.count() == 3


def test_lp_8_is_not_for_who_books_no_such_lesson(client: Client, work: Workplace) -> None:
    client.force_login(workplace.add_staff(workplace=work, channel="cc"))
    address = several(work, house.evening(days=3))
    assert client.get(address).status_code == 403
    assert client.post(address, {FIELD: new_key()}).status_code == 403


def test_cu_2_curriculum_is_shown_the_courses_it_may_open_and_no_others(
    client: Client, work: Workplace
) -> None:
    product = Product.objects.create(
        market=work.market, code="allround", name_zh="全项", name_en="All-round"
    )
    Course.objects.create(market=work.market, product=product, level=3, name="All-round")
    LearningProgress.objects.filter(learner=work.learner, product__code="special").delete()
    address = url(work, "staff_open_course")
    assert 'value="special:3"' in client.get(address).content.decode()
    client.force_login(workplace.add_staff(workplace=work, channel="curriculum"))
    sheet = client.get(address).content.decode()
    assert 'value="allround:3"' in sheet
    assert 'value="special:3"' not in sheet
    refused = client.post(address, {"course": "special:3", FIELD: new_key()})
    assert refused.status_code == 403
    client.post(address, {"course": "allround:3", FIELD: new_key()})
    opened = LearningProgress.objects.filter(learner=work.learner, product=product)
    assert opened.get().course.level == 3


@pytest.mark.parametrize("channel", ["curriculum", "cc"])
def test_cu_1_cc_2_both_teachers_are_booked_or_neither(
    client: Client, work: Workplace, channel: str
) -> None:
    product = Product.objects.create(
        market=work.market, code="allround", name_zh="全项", name_en="All-round"
    )
    Price.objects.create(product=product, asset="credit", amount=1)
    course = Course.objects.create(market=work.market, product=product, level=3, name="All-round")
    client.force_login(workplace.add_staff(workplace=work, channel=channel))
    LearningProgress.objects.create(learner=work.learner, product=product, course=course)
    early, late = house.evening(days=3), house.evening(days=4)
    chinese = house.add_teacher(market=work.market, name="Li", tags=["chinese"], free=[early])
    foreign = house.add_teacher(market=work.market, name="Ben")
    for teacher in (chinese, foreign):
        teacher.skills = ["allround:3"]
        teacher.save()
    address = url(work, "staff_dual")
    fields = {
        "chinese": "Li", "chinese_at": show_wall(instant=early, zone=house.ZONE),
        "foreign": "Ben", "foreign_at": show_wall(instant=late, zone=house.ZONE),
        "pay": "credit", "reason": "camp",
    }  # fmt: skip
    assert seen(client, address, fields).count("not booked") == 2
    house.release(teacher=foreign, starts=[late])
    assert seen(client, address, fields).count("booked for 1 credit") == 2
    assert Lesson.objects.count() == 0
    done(client, address, fields)
    assert Lesson.objects.count() == 2
