"""The pages of open classes: families book in few taps, staff make them and see who is in them."""

import html
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import asking, classroom, snapshot, workplace
from tests import household as house
from tests.workplace import Workplace
from yueke.booking.classes import replays
from yueke.booking.classes.models import (
    Attendance,
    ClassCover,
    ClassWait,
    OpenClass,
    Replay,
    ReplayPurchase,
)
from yueke.booking.models import Lesson, Seat
from yueke.cli.bench.statements import counted
from yueke.curriculum import policies
from yueke.kernel.grid import show_instant
from yueke.people import channels
from yueke.portals import ids

pytestmark = pytest.mark.django_db
STAFF = [code for code, channel in channels.channels().items() if channel.side == "staff"]
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


@pytest.fixture
def work(client: Client) -> Workplace:
    """Return a workplace, spoken to in English."""
    client.cookies["django_language"] = "en"
    return workplace.open_workplace()


def enter(client: Client, work: Workplace, channel: str) -> None:
    """Log in somebody of a channel of staff."""
    client.force_login(workplace.add_staff(workplace=work, channel=channel))


def visit(client: Client, work: Workplace) -> None:
    """Log the family in, on a phone."""
    client.force_login(work.home.user)
    client.get(reverse("enter_h5"))


def page(client: Client, name: str, *parts: str) -> str:
    """Return a page as it is served."""
    answer = client.get(reverse(name, args=parts))
    assert answer.status_code == 200, answer.content
    return answer.content.decode()


def full_class(work: Workplace) -> str:
    """Publish a class whose two seats are taken, and return its id."""
    lesson = classroom.published(workplace=work, at=house.evening(days=3))
    for name in ("安安", "天天"):
        child = house.add_child(household=work.home, name=name)
        classroom.seated(workplace=work, lesson=lesson, learner=child)
    return lesson


def test_a_family_finds_a_class_and_books_it_once(client: Client, work: Workplace) -> None:
    lesson = classroom.published(workplace=work, at=house.evening(days=3))
    visit(client, work)
    listed = page(client, "family_classes")
    assert "Phonics for all" in listed
    assert "2 seats left" in listed
    shown = page(client, "family_class", lesson)
    assert "<p>Read to a <b>beat</b></p>" in shown
    assert reverse("family_class_book", args=[lesson]) in shown
    assert "1 credit" in re.sub(r"<[^>]+>", "", page(client, "family_class_book", lesson))
    form = {"pay": "credit", "request_key": "once"}
    for _ in range(2):
        answer = client.post(reverse("family_class_book", args=[lesson]), form)
        assert answer.status_code == 302
    assert Seat.objects.filter(state="live").count() == 1
    mine = client.get(reverse("family_classes"), {"tab": "mine"}).content.decode()
    assert "Phonics for all" in mine
    again = client.post(
        reverse("family_class_book", args=[lesson]), {**form, "request_key": "again"}
    )
    assert again.status_code == 409
    assert "in this class already" in again.content.decode()


def test_a_family_waits_for_a_full_class_and_leaves_the_list(
    client: Client, work: Workplace
) -> None:
    lesson = full_class(work)
    visit(client, work)
    query = {"learner": ids.LEARNER.show(work.learner.pk)}
    url = reverse("family_class", args=[lesson])
    assert "Join the waiting list" in client.get(url, query).content.decode()
    form = {"pay": "credit", "request_key": "once", **query}
    assert client.post(reverse("family_class_wait", args=[lesson]), form).status_code == 302
    assert ClassWait.objects.get().state == "waiting"
    assert "Leave the waiting list" in client.get(url, query).content.decode()
    leave = {"request_key": "leave", **query}
    assert client.post(reverse("family_class_unwait", args=[lesson]), leave).status_code == 302
    assert ClassWait.objects.get().state == "left"


def test_a_family_neither_sees_nor_books_what_is_not_published(
    client: Client, work: Workplace
) -> None:
    lesson = classroom.drafted(workplace=work, at=house.evening(days=3))
    visit(client, work)
    assert "No open classes at the moment" in page(client, "family_classes")
    for name in ("family_class", "family_class_book", "family_class_wait"):
        assert client.get(reverse(name, args=[lesson])).status_code == 404


@pytest.mark.parametrize("name", ["family_classes", "staff_classes"])
def test_more_classes_ask_the_database_no_more_often(
    client: Client, work: Workplace, name: str
) -> None:
    classroom.published(workplace=work, at=house.evening(days=3))
    if name == "family_classes":
        visit(client, work)
    else:
        enter(client, work, "curriculum")
    client.get(reverse(name))
    with counted() as few:
        client.get(reverse(name))
    for days in (4, 5):
        classroom.published(workplace=work, at=house.evening(days=days))
    with counted() as many:
        assert page(client, name).count(">Phonics for all<") == 3
    assert 0 < len(few) == len(many)


def test_staff_create_describe_and_publish_a_class(client: Client, work: Workplace) -> None:
    classroom.drafted(workplace=work, at=house.evening(days=9))
    OpenClass.objects.all().delete()
    enter(client, work, "curriculum")
    new = reverse("staff_class_new")
    assert work.teacher.name in client.get(new).content.decode()
    form = {
        "teacher": ids.TEACHER.show(work.teacher.pk),
        "day": f"{house.evening(days=6):%Y-%m-%d}",
        "clock": "19:00",
        "capacity": "12",
        "title_zh": "绘本",
        "title_en": "Picture books",
        "about_zh": "<p>一起读</p><script>x()</script>",
        "about_en": "",
        "request_key": "new",
    }
    assert client.get(new, {"teacher": form["teacher"]}).status_code == 200
    assert client.post(new, form).status_code == 302
    made = OpenClass.objects.get()
    assert (made.about_zh, made.published_at) == ("<p>一起读</p>", None)
    lesson = ids.LESSON.show(made.lesson_id)
    edit = {**form, "title_en": "Stories", "capacity": "9", "request_key": "edit"}
    assert client.post(reverse("staff_class_edit", args=[lesson]), edit).status_code == 302
    assert Lesson.objects.get(id=made.lesson_id).capacity == 9
    sheet = page(client, "staff_class_do", lesson, "publish")
    assert "Families see it at once" in sheet
    publish = {"request_key": "publish"}
    url = reverse("staff_class_do", args=[lesson, "publish"])
    assert client.post(url, publish).status_code == 302
    made.refresh_from_db()
    assert (made.title_en, made.published_at is None) == ("Stories", False)
    assert client.post(new, {**form, "request_key": "taken"}).status_code == 409


def test_a_cover_is_shown_to_those_who_see_the_class(client: Client, work: Workplace) -> None:
    lesson = classroom.drafted(workplace=work, at=house.evening(days=3))
    enter(client, work, "curriculum")
    upload = reverse("staff_class_cover", args=[lesson])
    page(client, "staff_class_cover", lesson)
    wrong = SimpleUploadedFile("a.png", b"<svg/>", "image/png")
    refused = client.post(upload, {"picture": wrong, "request_key": "wrong"})
    assert refused.status_code == 422
    right = SimpleUploadedFile("a.svg", PNG, "image/svg+xml")
    assert client.post(upload, {"picture": right, "request_key": "right"}).status_code == 302
    cover = ClassCover.objects.get()
    url = reverse("class_cover", args=[lesson, cover.digest])
    assert url in page(client, "staff_class", lesson)
    answer = client.get(url)
    assert (answer.content, answer.headers["Content-Type"]) == (PNG, "image/png")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get(reverse("class_cover", args=[lesson, "0" * 64])).status_code == 404
    visit(client, work)
    assert client.get(url).status_code == 404


def test_staff_book_a_learner_and_take_down_who_came(client: Client, work: Workplace) -> None:
    lesson = classroom.published(workplace=work, at=house.evening(days=3))
    enter(client, work, "classroom")
    book = reverse("staff_class_book", args=[lesson])
    assert work.learner.name in client.get(book).content.decode()
    query = {"learner": ids.LEARNER.show(work.learner.pk)}
    assert client.get(book, query).status_code == 200
    form = {**query, "pay": "credit", "reason": "家长电话", "request_key": "once"}
    assert client.post(book, form).status_code == 302
    seat = ids.SEAT.show(Seat.objects.get().pk)
    assert work.learner.name in page(client, "staff_class", lesson)
    early = {"came": seat, "request_key": "early"}
    assert client.post(reverse("staff_class_attend", args=[lesson]), early).status_code == 409
    Lesson.objects.update(starts_at=house.evening(days=-1))
    came = {"came": seat, "request_key": "came"}
    assert client.post(reverse("staff_class_attend", args=[lesson]), came).status_code == 302
    assert Attendance.objects.get().came


def test_staff_cancel_a_seat_in_a_class(client: Client, work: Workplace) -> None:
    lesson = classroom.published(workplace=work, at=house.evening(days=3))
    seat = classroom.seated(workplace=work, lesson=lesson, learner=work.learner)
    enter(client, work, "curriculum")
    cancel = reverse("staff_cancel", args=[seat])
    assert cancel in page(client, "staff_lesson", seat)
    assert "goes to whoever waits" in page(client, "staff_cancel", seat)
    assert client.post(cancel, {"reason": "x", "request_key": "once"}).status_code == 302
    assert Seat.objects.get().state == "cancelled"


@pytest.mark.parametrize("channel", STAFF)
def test_pages_of_classes_are_open_where_the_table_says_so(
    client: Client, work: Workplace, channel: str
) -> None:
    lesson = classroom.drafted(workplace=work, at=house.evening(days=3))
    enter(client, work, channel)
    needs = {
        reverse("staff_classes"): ("see", "classes"),
        reverse("staff_class", args=[lesson]): ("see", "classes"),
        reverse("staff_class_new"): ("create", "class"),
        reverse("staff_class_edit", args=[lesson]): ("describe", "class"),
        reverse("staff_class_cover", args=[lesson]): ("describe", "class"),
        reverse("staff_class_book", args=[lesson]): ("book", "open"),
        reverse("staff_class_do", args=[lesson, "publish"]): ("publish", "class"),
        reverse("staff_class_do", args=[lesson, "unpublish"]): ("unpublish", "class"),
        reverse("staff_class_do", args=[lesson, "cancel"]): ("cancel", "class"),
    }
    for url, need in needs.items():
        expected = 200 if channels.may(channel, *need) else 403
        assert client.get(url).status_code == expected, url
    if not channels.may(channel, "publish", "class"):
        publish = reverse("staff_class_do", args=[lesson, "publish"])
        assert client.post(publish, {"request_key": "once"}).status_code == 403
        assert OpenClass.objects.get().published_at is None


def test_after_the_hand_over_the_classroom_is_offered_nothing_with_classes(
    client: Client, work: Workplace
) -> None:
    lesson = classroom.published(workplace=work, at=house.evening(days=3))
    seat = classroom.seated(workplace=work, lesson=lesson, learner=work.learner)
    enter(client, work, "classroom")
    doing = [
        reverse("staff_class_new"),
        *(reverse(f"staff_class_{name}", args=[lesson]) for name in ("edit", "cover", "book")),
        reverse("staff_class_do", args=[lesson, "cancel"]),
        reverse("staff_cancel", args=[seat]),
    ]

    def offered() -> list[str]:
        pages = page(client, "staff_classes") + page(client, "staff_class", lesson)
        pages += page(client, "staff_lesson", seat)
        return [url for url in doing if f'href="{url}"' in pages]

    assert offered() == doing
    moment = show_instant(timezone.now() - timedelta(minutes=1))
    supply = asking.staff_of(market_id=work.market.pk, channel="supply")
    change = asking.request(actor=supply, now=timezone.now() - timedelta(minutes=1))
    asking.done(policies.change_policy(change, policy="open_class_handover", value=moment))
    assert offered() == []
    for url in doing:
        answer = client.get(url)
        assert answer.status_code == 403, url
        assert 'data-refusal="classes_handed_over"' in answer.content.decode(), url
    client.logout()
    enter(client, work, "curriculum")
    assert offered() == doing


def test_cu_3_a_class_is_cancelled_once_it_is_seen_what_that_does(
    client: Client, work: Workplace
) -> None:
    lesson = classroom.published(workplace=work, at=house.evening(days=3))
    classroom.seated(workplace=work, lesson=lesson, learner=work.learner)
    client.force_login(workplace.add_staff(workplace=work, channel="curriculum"))
    client.cookies["django_language"] = "en"
    url = reverse("staff_class_do", args=[lesson, "cancel"])
    assert url in client.get(reverse("staff_class", args=[lesson])).content.decode()
    before = snapshot.take()
    sheet = client.get(url).content.decode()
    assert "1 learner has a seat and gets everything back. 0 learners wait no longer." in sheet
    assert snapshot.changes(before) == {}
    answer = client.post(url, {"request_key": "once", "reason": "the teacher is ill"})
    assert (answer.status_code, answer["Location"]) == (302, reverse("staff_classes"))
    assert Seat.objects.get().state == "cancelled"


def test_a_class_that_was_cancelled_is_found_and_tells_what_happened(
    client: Client, work: Workplace
) -> None:
    lesson = classroom.published(workplace=work, at=house.evening(days=3))
    classroom.seated(workplace=work, lesson=lesson, learner=work.learner)
    kept = classroom.published(workplace=work, at=house.evening(days=4))
    enter(client, work, "curriculum")
    form = {"request_key": "once", "reason": "the teacher is ill"}
    client.post(reverse("staff_class_do", args=[lesson, "cancel"]), form)
    url, other = (reverse("staff_class", args=[one]) for one in (lesson, kept))
    listed = page(client, "staff_classes")
    assert (url in listed, other in listed) == (False, True)
    listed = client.get(reverse("staff_classes"), {"state": "cancelled"}).content.decode()
    assert (url in listed, other in listed) == (True, False)
    shown = page(client, "staff_class", lesson)
    assert "chip-cancelled" in shown
    assert "Nobody has a seat any more." in shown
    told = shown.partition('class="timeline"')[2]
    for words in ("Class cancelled", "the teacher is ill", work.learner.name, "Ms Open"):
        assert words in told
    for name in ("staff_class_edit", "staff_class_cover", "staff_class_book"):
        assert reverse(name, args=[lesson]) not in shown
        assert client.get(reverse(name, args=[lesson])).status_code == 404
    visit(client, work)
    assert client.get(reverse("family_class", args=[lesson])).status_code == 404


def test_the_timeline_of_a_class_says_what_was_changed_and_why(
    client: Client, work: Workplace
) -> None:
    lesson = classroom.published(workplace=work, at=house.evening(days=3))
    enter(client, work, "curriculum")
    texts = {"title_zh": "自然拼读", "title_en": "Phonics & rhymes", "about_zh": "", "about_en": ""}
    form = {**texts, "capacity": "9", "reason": "a better name", "request_key": "said"}
    client.post(reverse("staff_class_edit", args=[lesson]), form)
    picture = SimpleUploadedFile("cover.png", PNG, content_type="image/png")
    cover = {"picture": picture, "reason": "brighter", "request_key": "cover"}
    client.post(reverse("staff_class_cover", args=[lesson]), cover)
    told = html.unescape(page(client, "staff_class", lesson).partition('class="timeline"')[2])
    assert "English title: Phonics for all → Phonics & rhymes" in told
    assert "Seats: 2 → 9" in told
    assert "English description: Read to a beat → –" in told
    assert "Chinese title" not in told
    assert "Cover: PNG, 72\xa0bytes" in told
    assert ("a better name" in told, "brighter" in told) == (True, True)


@pytest.mark.parametrize("has_learner", [True, False])
def test_a_class_that_is_over_says_whether_anybody_was_in_it(
    client: Client, work: Workplace, has_learner: bool
) -> None:
    lesson = classroom.published(workplace=work, at=house.evening(days=3))
    if has_learner:
        classroom.seated(workplace=work, lesson=lesson, learner=work.learner)
    enter(client, work, "curriculum")
    assert ("Nobody has a seat yet." in page(client, "staff_class", lesson)) is not has_learner
    Lesson.objects.update(starts_at=house.evening(days=-1))
    shown = page(client, "staff_class", lesson)
    assert ("Over, without learners" in shown, "Finished" in shown) == (
        not has_learner,
        has_learner,
    )
    assert ("Nobody had a seat." in shown) is not has_learner


def test_a_class_is_cancelled_with_as_many_statements_however_many_wait(
    client: Client, work: Workplace
) -> None:
    lesson = full_class(work)
    enter(client, work, "curriculum")
    url = reverse("staff_class_do", args=[lesson, "cancel"])
    sent = []
    for waiting in (1, 4):
        for number in range(waiting):
            child = house.add_child(household=work.home, name=f"等{waiting}{number}")
            ClassWait.objects.create(
                market_id=work.market.pk,
                lesson_id=ids.read_class(lesson),
                learner_id=child.pk,
                asset="credit",
                state="waiting",
                since=timezone.now(),
            )
        with counted() as statements:
            sheet = client.get(url).content.decode()
        sent.append(len(statements))
    assert "5 learners wait no longer" in sheet
    assert sent[0] == sent[1]


def sold(work: Workplace) -> str:
    """Put the replay of a class that is over on sale, and return the class."""
    lesson = classroom.published(workplace=work, at=house.evening(days=3))
    class_id = ids.read_class(lesson)
    Lesson.objects.filter(id=class_id).update(starts_at=house.evening(days=-1))
    request = asking.request(actor=classroom.curriculum(workplace=work), now=timezone.now())
    offered = replays.offer(
        request, class_id=class_id, address="https://video.example/1", prices={"credit": 2}
    )
    asking.done(offered)
    return lesson


def test_a_family_buys_a_replay_on_a_pc_and_watches_it_anywhere(
    client: Client, work: Workplace
) -> None:
    lesson = sold(work)
    watch = reverse("replay_watch", args=[lesson])
    visit(client, work)
    listed = page(client, "family_replays")
    assert "bought on a computer" in listed
    assert "video.example" not in listed
    assert client.get(watch).status_code == 409
    assert client.get(reverse("family_replay_buy", args=[lesson])).status_code == 403
    client.get(reverse("enter_pc"))
    buy = reverse("family_replay_buy", args=[lesson])
    assert client.get(buy).status_code == 200
    form = {"pay": "credit", "request_key": "once"}
    for _ in range(2):
        assert client.post(buy, form).status_code == 302
    assert ReplayPurchase.objects.get().paid == 2
    assert "Paid for a replay" in page(client, "family_wallet")
    visit(client, work)
    assert watch in page(client, "family_replays")
    answer = client.get(watch)
    assert (answer.status_code, answer.headers["Location"]) == (302, "https://video.example/1")


def test_curriculum_sells_a_replay_and_stops(client: Client, work: Workplace) -> None:
    lesson = sold(work)
    enter(client, work, "curriculum")
    url = reverse("staff_class_replay", args=[lesson])
    assert url in page(client, "staff_class", lesson)
    assert "https://video.example/1" in client.get(url).content.decode()
    form = {"address": "https://video.example/2", "coupon": "1", "request_key": "new"}
    assert client.post(url, form).status_code == 302
    replay = Replay.objects.get()
    assert replay.address == "https://video.example/2"
    assert [(price.asset, price.amount) for price in replay.prices.all()] == [("coupon", 1)]
    assert client.post(url, {"stop": "1", "request_key": "stop"}).status_code == 302
    replay.refresh_from_db()
    assert not replay.on_sale


def test_cu_4_curriculum_buys_a_replay_for_a_family_and_refunds_it(
    client: Client, work: Workplace
) -> None:
    lesson, learner = sold(work), ids.LEARNER.show(work.learner.pk)
    enter(client, work, "curriculum")
    replay, buy = (
        reverse(name, args=[lesson]) for name in ("staff_class_replay", "staff_replay_buy")
    )
    assert buy in client.get(replay).content.decode()
    assert work.learner.name in client.get(buy).content.decode()
    refund = reverse("staff_replay_refund", args=[lesson, learner])
    for url, fields, told in (
        (f"{buy}?learner={learner}", {"pay": "credit", "reason": "wanted"}, "paid with 2 credits"),
        (refund, {"reason": "broken"}, "2 credits comes back"),
    ):
        before = snapshot.take()
        sheet = client.post(url, {"request_key": "look", **fields}).content.decode()
        assert told in sheet
        assert snapshot.changes(before) == {}
        confirm = re.findall(r'name="confirm" value="(\w+)"', sheet)[0]
        client.post(url, {"request_key": told, **fields, "confirm": confirm})
        state = "live" if url != refund else "refunded"
        assert ReplayPurchase.objects.get().state == state
        assert (refund in client.get(replay).content.decode()) is (state == "live")


def test_cu_4_is_not_for_other_staff(client: Client, work: Workplace) -> None:
    lesson, learner = sold(work), ids.LEARNER.show(work.learner.pk)
    enter(client, work, "classroom")
    buy = reverse("staff_replay_buy", args=[lesson])
    refund = reverse("staff_replay_refund", args=[lesson, learner])
    for url in (f"{buy}?learner={learner}", refund):
        for answer in (client.get(url), client.post(url, {"request_key": "k"})):
            assert answer.status_code == 403
    assert not ReplayPurchase.objects.exists()
