"""The parents' pages: how they ask the database, what they say, and that a form counts once."""

import re
from collections.abc import Mapping

import pytest
from django.test import Client
from django.urls import reverse

from tests import household as house
from tests.household import Household
from yueke.booking.models import Seat
from yueke.cli.bench.statements import counted
from yueke.curriculum.models import LearningProgress, Price
from yueke.people.models import Learner
from yueke.portals import ids
from yueke.portals.family.addresses import stamp

pytestmark = pytest.mark.django_db
PAGES = ("family_home", "family_book", "family_by_teacher", "family_lessons", "family_wallet")


@pytest.fixture
def home(client: Client) -> Household:
    """Return a family logged in on the phone's address, with one child."""
    market, products = house.open_market()
    made = house.add_household(market=market, products=products, language="en")
    client.force_login(made.user)
    client.cookies["django_language"] = "en"
    client.get(reverse("enter_h5"))
    return made


def fill(home: Household, *, count: int, first: int = 0) -> None:
    """Book so many lessons, each with a teacher who has more time free."""
    for number in range(first, first + count):
        clocks = ("18:00", "18:30", "19:00")
        free = [house.evening(days=2 + number, clock=clock) for clock in clocks]
        free += [house.evening(days=6, clock="20:00")]
        teacher = house.add_teacher(
            market=home.market, name=f"Teacher {number}", tags=["phonics"], free=free
        )
        house.book(household=home, teacher=teacher, at=free[0])


@pytest.mark.parametrize("page", PAGES)
def test_a_longer_list_asks_the_database_no_more_often(
    client: Client, home: Household, page: str
) -> None:
    fill(home, count=1)
    url = reverse(page)
    client.get(url)
    with counted() as few:
        client.get(url)
    fill(home, count=2, first=1)
    with counted() as many:
        assert client.get(url).status_code == 200
    assert 0 < len(few) == len(many)


def form_of(body: str) -> dict[str, str]:
    """Return the hidden fields of a sheet's form, with payment by credits."""
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', body))
    return {**fields, "pay": "credit"}


def test_the_sheet_names_the_lesson_that_will_be_next_then(client: Client, home: Household) -> None:
    early, late = house.evening(days=3), house.evening(days=5)
    teacher = house.add_teacher(market=home.market, name="Amy", free=[early, late])
    house.book(household=home, teacher=teacher, at=early)
    asked = {
        "learner": ids.LEARNER.show(home.child.pk),
        "product": "major",
        "teacher": ids.TEACHER.show(teacher.pk),
        "at": stamp(late),
    }
    body = client.get(reverse("family_confirm"), asked).content.decode()
    assert "lesson 2<" in body
    house.release(teacher=teacher, starts=[house.evening(days=2)])
    body = client.get(
        reverse("family_confirm"), {**asked, "at": stamp(house.evening(days=2))}
    ).content.decode()
    assert "lesson 1<" in body


def sheet(client: Client, home: Household, **other: str) -> Mapping[str, str]:
    """Open the sheet of a free time and return its form."""
    at = house.evening(days=3)
    teacher = house.add_teacher(market=home.market, name="Amy", free=[at])
    query = {
        "learner": ids.LEARNER.show(home.child.pk),
        "product": "major",
        "teacher": ids.TEACHER.show(teacher.pk),
        "at": stamp(at),
    }
    answer = client.get(reverse("family_confirm"), query)
    assert answer.status_code == 200
    return {**form_of(answer.content.decode()), **other}


def test_a_double_click_books_once(client: Client, home: Household) -> None:
    form = sheet(client, home)
    for _click in range(2):
        assert client.post(reverse("family_confirm"), form).status_code == 302
    assert Seat.objects.count() == 1


def test_a_form_without_its_key_is_refused(client: Client, home: Household) -> None:
    answer = client.post(reverse("family_confirm"), {**sheet(client, home), "request_key": ""})
    assert answer.status_code == 400
    assert "request_key_missing" in answer.content.decode()
    assert not Seat.objects.exists()


def test_pc_1_a_coupon_is_neither_offered_nor_taken_on_pc(client: Client, home: Household) -> None:
    lot = house.add_lot(child=home.child, asset="coupon", days=30)
    client.get(reverse("enter_pc"))
    way = f"coupon:{ids.LOT.show(lot.pk)}"
    answer = client.post(reverse("family_confirm"), sheet(client, home, pay=way))
    assert answer.status_code == 403
    assert "channel_may_not" in answer.content.decode()
    assert way not in answer.content.decode()
    # Families are told what they can do: they have no colleagues.
    assert "Open Yueke on your phone, or ask your learning partner." in answer.content.decode()
    assert "colleague" not in answer.content.decode()
    assert not Seat.objects.exists()


def test_too_few_credits_are_said_in_the_sheet(client: Client, home: Household) -> None:
    poor = house.add_child(household=home, name="豆豆", credit=0)
    answer = client.post(
        reverse("family_confirm"), sheet(client, home, learner=ids.LEARNER.show(poor.pk))
    )
    assert answer.status_code == 409
    assert "balance_too_low" in answer.content.decode()


def test_nothing_is_cancelled_when_less_comes_back_than_was_said(
    client: Client, home: Household
) -> None:
    at = house.soon(hours=3)
    teacher = house.add_teacher(market=home.market, name="Amy", free=[at])
    booked = house.book(household=home, teacher=teacher, at=at)
    url = reverse("family_cancel", args=[ids.SEAT.show(booked.seat_id)])
    form = form_of(client.get(url).content.decode())
    assert form["refund"] == "0"
    answer = client.post(url, {**form, "refund": "1"})
    assert answer.status_code == 409
    assert Seat.objects.get(pk=booked.seat_id).state == "live"
    undo = reverse("family_undo", args=[ids.SEAT.show(booked.seat_id)])
    assert client.post(undo).status_code == 409
    assert Seat.objects.get(pk=booked.seat_id).state == "live"


def test_a_free_lesson_is_cancelled_as_one(client: Client, home: Household) -> None:
    Price.objects.filter(product=home.products["major"]).update(amount=0)
    at = house.evening(days=3)
    teacher = house.add_teacher(market=home.market, name="Amy", free=[at])
    booked = house.book(household=home, teacher=teacher, at=at)
    url = reverse("family_cancel", args=[ids.SEAT.show(booked.seat_id)])
    body = client.get(url).content.decode()
    said = body.partition('id="comes-back"')[2].partition("<form")[0]
    assert "It was free<" in said
    assert "free to cancel" not in said
    assert "Stays spent" not in said
    done = client.post(url, form_of(body), follow=True).content.decode()
    assert "It was free." in done


def test_with_several_children_a_page_asks_for_whom(client: Client, home: Household) -> None:
    second = house.add_child(household=home, name="豆豆")
    answer = client.get(reverse("family_wallet"))
    assert answer.headers["Location"] == "/family/children?to=family_wallet"
    chosen = client.get(reverse("family_wallet"), {"learner": ids.LEARNER.show(second.pk)})
    assert chosen.status_code == 200
    assert client.get(reverse("family_home")).status_code == 200


def test_a_family_without_a_child_is_told_whom_to_ask(client: Client, home: Household) -> None:
    Learner.objects.all().delete()
    answer = client.get(reverse("family_home"), follow=True)
    assert "Ask your learning partner to add your child" in answer.content.decode()


def test_a_child_without_a_course_is_told_whom_to_ask(client: Client, home: Household) -> None:
    home.child.progress.all().delete()
    answer = client.get(reverse("family_book"))
    assert "Ask your learning partner to open a course" in answer.content.decode()


def test_lists_are_taken_away_as_files(client: Client, home: Household) -> None:
    fill(home, count=1)
    lessons = client.get(reverse("family_lessons"), {"format": "csv"})
    assert lessons.content.startswith(b"\xef\xbb\xbfLearner,When")
    assert "Teacher 0" in lessons.content.decode()
    wallet = client.get(reverse("family_wallet"), {"format": "csv"})
    assert len(wallet.content.decode().splitlines()) == 1 + 2
    sheet_file = client.get(reverse("family_wallet"), {"format": "xlsx"})
    assert sheet_file.content.startswith(b"PK")


def test_pages_of_a_list_follow_one_another(client: Client, home: Household) -> None:
    teacher = house.add_teacher(market=home.market, name="Amy")
    starts = [house.evening(days=2 + n // 4, clock=f"{16 + n % 4}:00") for n in range(22)]
    house.release(teacher=teacher, starts=starts)
    house.add_lot(child=home.child, amount=30)
    for at in starts:
        house.book(household=home, teacher=teacher, at=at)
    first = client.get(reverse("family_lessons")).content.decode()
    assert first.count("data-row") == 20
    [more] = re.findall(r'href="([^"]*after=[^"]*)"', first)
    second = client.get(more.replace("&amp;", "&")).content.decode()
    assert second.count("data-row") == 2
    wallet = client.get(reverse("family_wallet"), {"asset": "credit"}).content.decode()
    assert wallet.count("data-row") == 24


def test_entries_of_a_wallet_are_found_by_what_moved_and_by_teacher(
    client: Client, home: Household
) -> None:
    house.add_lot(child=home.child, asset="coupon", days=30)
    for days, name in enumerate(["Amy", "Ben_"], start=2):
        at = house.evening(days=days)
        teacher = house.add_teacher(market=home.market, name=name, free=[at])
        house.book(household=home, teacher=teacher, at=at)
    url = reverse("family_wallet")

    def found(**query: str) -> list[str]:
        page = client.get(url, query).content.decode()
        entries = page.partition('id="lots"')[0]
        return re.findall(r'data-row>\s*<span><span class="strong">([^<]*)<', entries)

    assert found() == ["Paid for a lesson", "Paid for a lesson", "Added", "Added"]
    assert found(q="amy") == ["Paid for a lesson"]
    assert "Amy" in client.get(url, {"q": "amy"}).content.decode()
    assert found(q="add") == ["Added", "Added"]
    assert found(q="add", asset="coupon") == ["Added"]
    assert found(q="乐乐") == found(q="%") == found(q="Am_") == []
    assert len(found(q="_")) == 1
    file = client.get(url, {"q": "amy", "format": "csv"}).content.decode()
    assert len(file.splitlines()) == 1 + 1
    assert "Nothing fits" in client.get(url, {"q": "Zoe"}).content.decode()


def test_assets_go_by_their_names_where_no_number_stands(client: Client, home: Household) -> None:
    client.cookies["django_language"] = "zh-hans"
    page = client.get(reverse("family_wallet")).content.decode()
    labels = re.findall(r'id="asset-\d"[^>]*>([^<]*)<', page)
    assert labels == ["全部", "课时", "券", "能量石"]


def test_a_page_of_found_entries_goes_on_with_found_entries(
    client: Client, home: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yueke.portals.family.wallet.PAGE", 2)
    for _step in range(2):
        house.add_lot(child=home.child)
    at = house.evening(days=2)
    teacher = house.add_teacher(market=home.market, name="Amy", free=[at])
    house.book(household=home, teacher=teacher, at=at)
    first = client.get(reverse("family_wallet"), {"q": "added"}).content.decode()
    [more] = re.findall(r'href="([^"]*after=[^"]*)"', first)
    second = client.get(more.replace("&amp;", "&")).content.decode()
    assert first.count("data-row") == 2
    assert second.count("data-row") == 1
    assert "Paid for a lesson" not in first + second


def test_teachers_whom_the_child_knows_are_marked(client: Client, home: Household) -> None:
    fill(home, count=1)
    url = reverse("family_by_teacher")
    assert "you know" not in client.get(url).content.decode()
    Seat.objects.update(starts_at=house.soon(hours=-24))
    assert "you know" in client.get(url).content.decode()


def test_h5_8_a_special_course_is_opened_and_its_lessons_can_be_booked(
    client: Client, home: Household
) -> None:
    learner = ids.LEARNER.show(home.child.pk)
    url = reverse("family_open_course")
    for page in ("family_book", "family_by_teacher"):
        assert url in client.get(reverse(page)).content.decode()
    LearningProgress.objects.all().delete()
    assert url in client.get(reverse("family_book")).content.decode()
    sheet = client.get(url).content.decode()
    assert "special:3" in sheet
    assert "major:3" not in sheet
    form = {"course": "special:3", "learner": learner, "request_key": "once"}
    for _ in range(2):
        answer = client.post(url, form)
        assert answer.status_code == 302
        assert "product=special" in answer["Location"]
    [opened] = LearningProgress.objects.all()
    assert (opened.product.code, opened.learner_id) == ("special", home.child.pk)
    assert url not in client.get(reverse("family_book")).content.decode()
    wrong = client.post(url, {**form, "course": "major:3", "request_key": "other"})
    assert wrong.status_code == 403


def test_h5_8_is_not_for_pc(client: Client, home: Household) -> None:
    client.get(reverse("enter_pc"))
    url = reverse("family_open_course")
    assert url not in client.get(reverse("family_book")).content.decode()
    for answer in (client.get(url), client.post(url, {"course": "special:3", "request_key": "k"})):
        assert answer.status_code == 403
    assert LearningProgress.objects.count() == 1
