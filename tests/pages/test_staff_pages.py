"""LP-2 and what else staff do: find, book, cancel, give, and read who did what."""

import io
import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests import household as house
from tests import workplace
from tests.workplace import Workplace
from yueke.booking.models import Seat
from yueke.cli.bench.statements import counted
from yueke.kernel.grid import HALF_HOUR
from yueke.people.models import Learner, Staff, User
from yueke.portals import ids
from yueke.portals.stamps import show_stamp
from yueke.wallet.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(client: Client) -> Workplace:
    """Return a workplace whose learning partner is logged in, in English."""
    made = workplace.open_workplace()
    client.force_login(workplace.add_staff(workplace=made, channel="lp"))
    client.cookies["django_language"] = "en"
    return made


def wish(work: Workplace, at: datetime) -> dict[str, str]:
    """Return what the last step of booking posts."""
    return {
        "product": "major",
        "teacher": ids.TEACHER.show(work.teacher.pk),
        "at": show_stamp(at),
    }


def care_for(learner: Learner) -> None:
    """Give a learner into the care of whoever is logged in."""
    learner.class_teacher = Staff.objects.get(channel="lp")
    learner.save()


def learner_id(work: Workplace) -> str:
    """Return the learner's id as addresses carry it."""
    return ids.LEARNER.show(work.learner.pk)


def test_lp_2_staff_choose_learner_teacher_and_time(client: Client, work: Workplace) -> None:
    at = house.evening(days=3)
    house.release(teacher=work.teacher, starts=[at])
    book_url = reverse("staff_book", args=[learner_id(work)])
    day = {"day": f"{at:%Y-%m-%d}"}
    assert "19:00" in client.get(book_url, day).content.decode()
    found = client.get(book_url, {**day, "at": show_stamp(at)}).content.decode()
    confirm_url = re.search(r'hx-get="([^"]*/book/confirm[^"]*)"', found)
    assert confirm_url is not None
    sheet = client.get(confirm_url[1].replace("&amp;", "&")).content.decode()
    assert "9 left then" in sheet
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', sheet))
    url = reverse("staff_confirm", args=[learner_id(work)])
    form = {**fields, "pay": "credit", "reason": "mother rang"}
    answer = client.post(url, form, follow=True)
    again = client.post(url, form)
    seat = Seat.objects.get()
    assert again.status_code == 302
    page = answer.content.decode()
    assert reverse("staff_lesson", args=[ids.SEAT.show(seat.pk)]) in answer.redirect_chain[0][0]
    assert "Booked, paid with 1 credit" in page
    assert "mother rang" in page
    assert "lp 王" in page


def test_without_a_reason_nothing_is_booked(client: Client, work: Workplace) -> None:
    at = house.evening(days=3)
    house.release(teacher=work.teacher, starts=[at])
    url = reverse("staff_confirm", args=[learner_id(work)])
    form = {**wish(work, at), "pay": "credit", "request_key": "once"}
    assert client.post(url, form).status_code == 422
    assert not Seat.objects.exists()


def test_each_coupon_is_a_way_of_its_own(client: Client, work: Workplace) -> None:
    at = house.evening(days=3)
    house.release(teacher=work.teacher, starts=[at])
    sooner, later = (house.add_lot(child=work.learner, asset="coupon", days=d) for d in (5, 9))
    url = reverse("staff_confirm", args=[learner_id(work)])
    sheet = client.get(url, wish(work, at)).content.decode()
    ways = [f"coupon:{ids.LOT.show(lot.pk)}" for lot in (sooner, later)]
    assert re.findall(r'name="pay" value="([^"]*)"', sheet) == ["credit", *ways]
    client.post(url, {**wish(work, at), "pay": ways[1], "request_key": "k", "reason": "x"})
    later.refresh_from_db()
    assert (Seat.objects.get().asset, later.balance) == ("coupon", 0)


def test_a_time_that_is_gone_is_refused_in_the_sheet(client: Client, work: Workplace) -> None:
    at = house.evening(days=3)
    workplace.book(workplace=work, at=at)
    url = reverse("staff_confirm", args=[learner_id(work)])
    form = {**wish(work, at), "pay": "credit", "request_key": "k", "reason": "x"}
    answer = client.post(url, form)
    assert answer.status_code == 409
    assert 'data-refusal="slot_already_taken"' in answer.content.decode()


def test_staff_see_what_comes_back_before_they_cancel(client: Client, work: Workplace) -> None:
    booked = workplace.book(workplace=work, at=house.soon(hours=2))
    url = reverse("staff_cancel", args=[ids.SEAT.show(booked.seat_id)])
    assert "+1" in client.get(url).content.decode()
    client.post(url, {"reason": "teacher is ill", "request_key": "once"})
    seat = Seat.objects.get()
    assert (seat.state, seat.refunded) == ("cancelled", 1)
    page = client.get(reverse("staff_lesson", args=[ids.SEAT.show(seat.pk)])).content.decode()
    assert "Cancelled, 1 credit came back" in page
    assert "teacher is ill" in page


def test_what_is_given_stands_in_the_wallet_with_who_and_why(
    client: Client, work: Workplace
) -> None:
    client.force_login(workplace.add_staff(workplace=work, channel="marketing"))
    url = reverse("staff_grant", args=[learner_id(work)])
    effect = client.get(url, {"effect": "1", "asset": "credit", "amount": "5"}).content.decode()
    assert "15" in effect
    form = {"asset": "coupon", "amount": "1", "reason": "a gift", "request_key": "once"}
    client.post(url, {**form, "last_day": f"{house.evening(days=30):%Y-%m-%d}"})
    lot = Account.objects.get(asset="coupon", learner_id=work.learner.pk)
    assert lot.expires_at == house.evening(days=31, clock="00:00")
    client.force_login(User.objects.get(username="cn-lp"))
    page = client.get(reverse("staff_wallet", args=[learner_id(work)])).content.decode()
    assert "1 coupon given" in page
    assert "a gift" in page
    assert "marketing 王" in page


@pytest.mark.parametrize("asked", ["乐", "cn-chen", "{learner}", "{seat}", "Am", "{teacher}"])
def test_the_console_finds_by_name_phone_and_id(
    client: Client, work: Workplace, asked: str
) -> None:
    booked = workplace.book(workplace=work, at=house.evening(days=3))
    text = asked.format(
        learner=learner_id(work),
        seat=ids.SEAT.show(booked.seat_id),
        teacher=ids.TEACHER.show(work.teacher.pk),
    )
    page = client.get(reverse("staff_console"), {"q": text}, headers={"HX-Request": "true"})
    assert page.content.decode().count("data-row") == 1


def test_a_slot_tells_who_offered_it_and_who_booked_it(client: Client, work: Workplace) -> None:
    at = house.evening(days=3)
    workplace.book(workplace=work, at=at)
    teacher = ids.TEACHER.show(work.teacher.pk)
    page = client.get(reverse("staff_slot", args=[teacher, show_stamp(at)])).content.decode()
    assert "Offered by the teacher" in page
    assert "Booked, paid with 1 credit" in page
    week = reverse("staff_teacher_week", args=[teacher])
    assert "cell-booked" in client.get(week, {"week": f"{at:%Y-%m-%d}"}).content.decode()


def test_a_slot_tells_of_the_lesson_that_began_before_it(client: Client, work: Workplace) -> None:
    major = work.home.products["major"]
    major.cells = 2
    major.save()
    at = house.evening(days=3)
    house.release(teacher=work.teacher, starts=[at + HALF_HOUR])
    workplace.book(workplace=work, at=at)
    slot = [ids.TEACHER.show(work.teacher.pk), show_stamp(at + HALF_HOUR)]
    page = client.get(reverse("staff_slot", args=slot)).content.decode()
    assert "Booked, paid with 1 credit" in page


@pytest.mark.parametrize(
    "name", ["staff_learners", "staff_mine", "staff_teachers", "staff_lessons", "staff_wallet"]
)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_every_list_can_be_taken_away(
    client: Client, work: Workplace, name: str, kind: str
) -> None:
    workplace.book(workplace=work, at=house.evening(days=3))
    care_for(work.learner)
    arguments = [learner_id(work)] if name == "staff_wallet" else []
    answer = client.get(reverse(name, args=arguments), {"format": kind})
    assert answer.status_code == 200
    assert kind in answer.headers["Content-Disposition"]
    if kind == "csv":
        assert len(answer.content.decode("utf-8-sig").splitlines()) >= 2


def test_what_a_teacher_teaches_stands_in_words(client: Client, work: Workplace) -> None:
    work.teacher.skills = ["major:1", "major:2", "major:3", "special:2"]
    work.teacher.tags = ["kids"]
    work.teacher.save()
    teaches = "Major course 1–3 · Special course 2"
    assert teaches in client.get(reverse("staff_teachers")).content.decode()
    drawer = client.get(reverse("staff_teacher", args=[ids.TEACHER.show(work.teacher.pk)]))
    assert teaches in drawer.content.decode()
    assert "young children" in drawer.content.decode()
    file = client.get(reverse("staff_teachers"), {"format": "csv"}).content.decode()
    assert f"{teaches},young children" in file


def test_a_reason_with_signs_that_excel_refuses_is_taken_away_without_them(
    client: Client, work: Workplace
) -> None:
    form = {"asset": "credit", "amount": "1", "request_key": "once"}
    reason = "=mother\x07 rang\x0b twice"
    client.force_login(workplace.add_staff(workplace=work, channel="marketing"))
    client.post(reverse("staff_grant", args=[learner_id(work)]), {**form, "reason": reason})
    client.force_login(User.objects.get(username="cn-lp"))
    audit = reverse("staff_learner_audit", args=[learner_id(work)])
    file = client.get(audit, {"format": "xlsx"}).content
    sheet = load_workbook(io.BytesIO(file)).active
    assert sheet is not None
    assert "'=mother rang twice" in [row[5] for row in sheet.iter_rows(values_only=True)]
    text = client.get(audit, {"format": "csv"}).content.decode("utf-8-sig")
    assert "'=mother rang twice" in text


@pytest.mark.parametrize(
    "name",
    [
        "staff_console",
        "staff_learners",
        "staff_mine",
        "staff_teachers",
        "staff_lessons",
        "staff_learner",
        "staff_wallet",
        "staff_learner_audit",
        "staff_teacher",
    ],
)
def test_a_longer_list_asks_the_database_no_more_often(
    client: Client, work: Workplace, name: str
) -> None:
    arguments = {
        "staff_teacher": [ids.TEACHER.show(work.teacher.pk)],
        "staff_console": [],
        "staff_learners": [],
        "staff_mine": [],
        "staff_teachers": [],
        "staff_lessons": [],
    }.get(name, [learner_id(work)])
    url = reverse(name, args=arguments)
    at = house.evening(days=3)
    workplace.book(workplace=work, at=at)
    care_for(work.learner)
    client.get(url, {"q": ""})
    with counted() as few:
        client.get(url)
    for step, child in enumerate(["豆豆", "朵朵"], start=1):
        learner = workplace.add_learner(workplace=work, name=child)
        care_for(learner)
        house.add_teacher(market=work.market, name=f"Ben {step}")
        workplace.book(workplace=work, at=at + timedelta(minutes=30 * step), learner=learner)
        workplace.book(workplace=work, at=at + timedelta(days=step))
    with counted() as many:
        assert client.get(url).status_code == 200
    assert 0 < len(few) == len(many)


def test_a_list_goes_on_after_its_last_row(
    client: Client, work: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    for step in range(1, 4):
        workplace.book(workplace=work, at=house.evening(days=step))
    for module in ("lessons", "wallet", "timeline"):
        monkeypatch.setattr(f"yueke.portals.staff.{module}.PAGE", 2)
    urls = {
        reverse("staff_lessons"): "data-row",
        reverse("staff_wallet", args=[learner_id(work)]): "data-row",
        reverse("staff_learner_audit", args=[learner_id(work)]): "timeline-meta",
    }
    for url, row in urls.items():
        first = client.get(url).content.decode()
        more = re.search(r'<a class="btn" href="[^"?]*(\?[^"]*)"[^>]*><span>More', first)
        assert more is not None, url
        second = client.get(url + more[1].replace("&amp;", "&")).content.decode()
        rows = len(re.findall(rf"<tr {row}|{row}\"", first))
        assert rows == 2, url
        assert 1 <= len(re.findall(rf"<tr {row}|{row}\"", second)) <= 2, url
