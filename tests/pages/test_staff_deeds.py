"""F-3, F-4, F-5 and more that staff do with one lesson: seen before, with why, undone after."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import asking, snapshot, workplace, world
from tests import household as house
from tests.workplace import Workplace
from yueke.booking.models import Lesson, Seat
from yueke.booking.queries import get_lesson
from yueke.booking.queries import then as log
from yueke.cli.bench.statements import counted
from yueke.curriculum.models import LearningProgress
from yueke.inventory.models import Slot
from yueke.kernel.grid import HALF_HOUR, floor
from yueke.notices.models import Event
from yueke.people.models import PolicyValue
from yueke.portals import ids
from yueke.portals.staff.lesson_deeds import UNDO_ABSENCE, deeds_for
from yueke.wallet.queries import balances

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def work(client: Client) -> Workplace:
    """Return a workplace whose live-class support is logged in, in English."""
    made = workplace.open_workplace()
    client.force_login(workplace.add_staff(workplace=made, channel="fireman"))
    client.cookies["django_language"] = "en"
    return made


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


def url_of(seat: str, deed: str, *, undo: bool = False) -> str:
    """Return the address of a deed."""
    return reverse("staff_lesson_undo" if undo else "staff_lesson_do", args=[seat, deed])


def undo_in(page: str) -> str:
    """Return the address behind the Undo of a toast."""
    found = re.search(r'hx-post="([^"]*/undo[^"]*)"', page)
    assert found is not None, page
    return found[1].replace("&amp;", "&")


def next_number(work: Workplace) -> int:
    """Return which lesson of the major course comes next."""
    return LearningProgress.objects.get(learner=work.learner, product__code="major").next_number


def test_f_3_finish_is_seen_before_done_and_undone(client: Client, work: Workplace) -> None:
    seat = begun(work)
    drawer = client.get(reverse("staff_lesson", args=[seat])).content.decode()
    assert url_of(seat, "finish") in drawer
    before = snapshot.take()
    sheet = client.get(url_of(seat, "finish")).content.decode()
    assert "next is lesson 1 →" in sheet
    assert re.search(r"9 credits, as it is", sheet)
    assert snapshot.changes(before) == {}
    form = {"request_key": "once", "reason": ""}
    told = client.post(url_of(seat, "finish"), form, headers=HTMX).content.decode()
    assert (Lesson.objects.get().state, next_number(work)) == ("finished", 2)
    drawer = client.get(reverse("staff_lesson", args=[seat])).content.decode()
    assert url_of(seat, "undo-finish") in drawer
    assert url_of(seat, "finish") + '"' not in drawer
    undone = client.post(undo_in(told), headers=HTMX)
    assert undone.status_code == 200
    assert (Lesson.objects.get().state, next_number(work)) == ("booked", 1)
    assert "The finish was taken back" in undone.content.decode()


@pytest.mark.parametrize(("deed", "most"), [("finish", 33), ("teacher-absent", 48)])
def test_a_sheet_looks_around_a_lesson_with_one_statement_before_and_one_after(
    client: Client, work: Workplace, deed: str, most: int
) -> None:
    seat = begun(work)
    client.get(url_of(seat, deed))
    with counted() as statements:
        sheet = client.get(url_of(seat, deed)).content.decode()
    assert "Amy: time" in sheet
    assert len(statements) <= most


def test_f_4_undo_finish_asks_why(client: Client, work: Workplace) -> None:
    seat = begun(work)
    client.post(url_of(seat, "finish"), {"request_key": "a", "reason": "over"})
    assert client.post(url_of(seat, "undo-finish"), {"request_key": "b"}).status_code == 422
    assert Lesson.objects.get().state == "finished"
    client.post(url_of(seat, "undo-finish"), {"request_key": "b", "reason": "a slip"})
    assert Lesson.objects.get().state == "booked"
    page = client.get(reverse("staff_lesson", args=[seat])).content.decode()
    assert "a slip" in page


def test_f_5_a_lesson_goes_to_a_teacher_who_has_the_time_open_and_comes_back(
    client: Client, work: Workplace
) -> None:
    at = house.evening(days=3)
    seat = ids.SEAT.show(workplace.book(workplace=work, at=at).seat_id)
    ben, ann = (house.add_teacher(market=work.market, name=name) for name in ("Ben", "Ann"))
    house.release(teacher=ben, starts=[at])
    house.release(teacher=ann, starts=[at + HALF_HOUR])
    choice = client.get(url_of(seat, "teacher")).content.decode()
    assert "Ben" in choice
    assert "Ann" not in choice
    assert "Ben" not in client.get(url_of(seat, "teacher"), {"q": "Zoe"}).content.decode()
    chosen = {"chosen": ids.TEACHER.show(ben.pk)}
    before = snapshot.take()
    sheet = client.get(url_of(seat, "teacher"), chosen).content.decode()
    assert "Booked →" in sheet
    assert "Free →" in sheet
    assert snapshot.changes(before) == {}
    form = {**chosen, "request_key": "once", "reason": "Amy is ill"}
    told = client.post(url_of(seat, "teacher"), form, headers=HTMX).content.decode()
    assert Lesson.objects.get().teacher_id == ben.pk
    assert Event.objects.get(kind="lesson.teacher_changed").reason == "Amy is ill"
    client.post(undo_in(told), headers=HTMX)
    assert Lesson.objects.get().teacher_id == work.teacher.pk
    states = Slot.objects.filter(starts_at=at).values_list("teacher_id", "state")
    assert dict(states) == {ben.pk: "open", work.teacher.pk: "booked"}


def test_a_lesson_in_progress_may_change_its_teacher(client: Client, work: Workplace) -> None:
    seat, start = begun(work), floor(timezone.now())
    ben = house.add_teacher(market=work.market, name="Ben")
    house.release(teacher=ben, starts=[start], now=start - HALF_HOUR)
    assert "Ben" in client.get(url_of(seat, "teacher")).content.decode()


def test_what_no_longer_fits_is_refused_before_and_when_done(
    client: Client, work: Workplace
) -> None:
    seat = ids.SEAT.show(workplace.book(workplace=work, at=house.evening(days=3)).seat_id)
    drawer = client.get(reverse("staff_lesson", args=[seat])).content.decode()
    assert url_of(seat, "finish") not in drawer
    before = snapshot.take()
    for answer in (
        client.get(url_of(seat, "finish")),
        client.post(url_of(seat, "finish"), {"request_key": "k"}),
    ):
        assert answer.status_code == 409
        assert 'data-refusal="lesson_not_started"' in answer.content.decode()
    taken = {"chosen": ids.TEACHER.show(work.teacher.pk)}
    answer = client.get(url_of(seat, "teacher"), taken)
    assert 'data-refusal="teacher_unchanged"' in answer.content.decode()
    # The refusal is kept under its key.
    assert snapshot.changes(before) == {"request_key": (1, 0)}


def test_a_deed_that_is_none_is_not_found(client: Client, work: Workplace) -> None:
    seat = begun(work)
    assert client.get(url_of(seat, "burn")).status_code == 404
    assert client.post(url_of(seat, "burn", undo=True)).status_code == 404


def test_a_double_click_finishes_once(client: Client, work: Workplace) -> None:
    seat = begun(work)
    for _ in range(2):
        answer = client.post(url_of(seat, "finish"), {"request_key": "once", "reason": ""})
        assert answer.status_code == 302
    assert next_number(work) == 2
    assert Event.objects.filter(kind="lesson.finished").count() == 1


def test_f_6_another_lesson_of_the_course_is_chosen_and_chosen_back(
    client: Client, work: Workplace
) -> None:
    course = work.home.products["major"].courses.get()
    for number, title in ((1, "Hello"), (2, "Colours")):
        course.lessons.create(number=number, title=title)
    seat = ids.SEAT.show(workplace.book(workplace=work, at=house.evening(days=3)).seat_id)
    assert "Colours" in client.get(url_of(seat, "courseware")).content.decode()
    named = client.get(url_of(seat, "courseware"), {"q": "Hel"}).content.decode()
    assert ("Hello" in named, "Colours" in named) == (True, False)
    sheet = client.get(url_of(seat, "courseware"), {"chosen": "2"}).content.decode()
    assert "Booked · Lesson 2" in sheet
    form = {"chosen": "2", "request_key": "once", "reason": ""}
    told = client.post(url_of(seat, "courseware"), form, headers=HTMX).content.decode()
    assert Lesson.objects.get().course_number == 2
    client.post(undo_in(told), headers=HTMX)
    assert Lesson.objects.get().course_number is None


@pytest.mark.parametrize(
    ("who", "state", "credits"), [("teacher", "cancelled", 10), ("learner", "finished", 9)]
)
def test_f_9_who_did_not_come_is_seen_before_and_the_log_rebuilds_it(
    client: Client, work: Workplace, who: str, state: str, credits: int
) -> None:
    seat = begun(work)
    before = snapshot.take()
    sheet = client.get(url_of(seat, f"{who}-absent")).content.decode()
    assert ('→ <span class="strong">10 credits' in sheet) is (credits == 10)
    assert snapshot.changes(before) == {}
    client.post(url_of(seat, f"{who}-absent"), {"request_key": "once", "reason": "no answer"})
    lesson = Lesson.objects.get()
    assert lesson.state == state
    now = timezone.now()
    learner = work.learner.pk
    has = balances(market_id=work.market.pk, learner_id=learner, now=now)
    assert has["credit"] == credits
    then = log.get_lesson_then(market_id=work.market.pk, lesson_id=lesson.pk, at=now)
    assert then.state == state


def refund_no_shows(work: Workplace) -> None:
    """Let what a learner paid who does not come be given back."""
    PolicyValue.objects.create(
        id=1, market_id=work.market.pk, name="learner_no_show", value="refunded",
        from_at=timezone.now() - timedelta(days=1),
    )  # fmt: skip


def shown_deeds(client: Client, seat: str) -> set[str]:
    """Return the deeds that a lesson's page offers."""
    page = client.get(reverse("staff_lesson", args=[seat])).content.decode()
    return set(re.findall(rf'href="/staff/lessons/{seat}/([\w-]+)"', page))


@pytest.mark.parametrize("who", ["teacher", "learner"])
def test_f_9_an_absence_that_cost_the_seat_is_taken_back_on_the_lessons_page(
    client: Client, work: Workplace, who: str
) -> None:
    refund_no_shows(work)
    seat = begun(work)
    assert "undo-absence" not in shown_deeds(client, seat)
    client.post(url_of(seat, f"{who}-absent"), {"request_key": "once", "reason": "no answer"})
    lost = balances(market_id=work.market.pk, learner_id=work.learner.pk, now=timezone.now())
    assert lost["credit"] == 10
    deeds = shown_deeds(client, seat)
    assert "undo-absence" in deeds
    assert "undo-finish" not in deeds
    before = snapshot.take()
    sheet = client.get(url_of(seat, "undo-absence")).content.decode()
    assert "Did they come after all?" in sheet
    assert '→ <span class="strong">9 credits' in sheet
    assert snapshot.changes(before) == {}
    back = {"request_key": "back", "reason": "came late"}
    led_to = client.post(url_of(seat, "undo-absence"), back, follow=True)
    # The seat that was lost stays so: the learner has another in the lesson.
    assert led_to.request["PATH_INFO"] != reverse("staff_lesson", args=[seat])
    assert "/teacher-absent" in led_to.content.decode()
    assert Lesson.objects.get().state == "booked"
    has = balances(market_id=work.market.pk, learner_id=work.learner.pk, now=timezone.now())
    assert has["credit"] == 9
    assert Event.objects.filter(kind="lesson.absence_undone").get().reason == "came late"


@pytest.mark.parametrize(
    ("who", "is_refunded"), [("teacher", False), ("learner", True), ("learner", False)]
)
def test_f_9_an_absence_is_taken_back_from_its_toast(
    client: Client, work: Workplace, who: str, is_refunded: bool
) -> None:
    if is_refunded:
        refund_no_shows(work)
    seat = begun(work)
    form = {"request_key": "once", "reason": "no answer"}
    told = client.post(url_of(seat, f"{who}-absent"), form, headers=HTMX).content.decode()
    assert Lesson.objects.get().state != "booked"
    undo = undo_in(told)
    for _ in range(2):
        assert client.post(undo, headers=HTMX).status_code == 200
    lesson = Lesson.objects.get()
    assert (lesson.state, lesson.seats_taken) == ("booked", 1)
    assert Seat.objects.filter(state="live", absent=False).count() == 1
    assert Event.objects.filter(kind="lesson.absence_undone").count() == 1
    has = balances(market_id=work.market.pk, learner_id=work.learner.pk, now=timezone.now())
    assert has["credit"] == 9


def begun_by_two(work: Workplace) -> tuple[str, str]:
    """Book a lesson of two learners that is on now, and return their seats."""
    seat = begun(work)
    leo = workplace.add_learner(workplace=work, name="Leo")
    return seat, ids.SEAT.show(world.seat_beside(learner=leo, seat_id=ids.read_seat(seat)))


def note_absent(client: Client, seat: str) -> str:
    """Note that a seat's learner did not come, and return the address of the toast's Undo."""
    form = {"request_key": f"absent-{seat}", "reason": "no answer"}
    return undo_in(client.post(url_of(seat, "learner-absent"), form, headers=HTMX).content.decode())


def state_then(work: Workplace) -> str | None:
    """Return how the one lesson stands as the log tells."""
    lesson = Lesson.objects.get()
    now = timezone.now()
    then = log.get_lesson_then(market_id=work.market.pk, lesson_id=lesson.pk, at=now)
    assert then.state == lesson.state
    return then.state


def test_f_9_the_undo_of_the_second_absence_leaves_the_first(
    client: Client, work: Workplace
) -> None:
    seat, other = begun_by_two(work)
    note_absent(client, seat)
    undo = note_absent(client, other)
    assert state_then(work) == "finished"
    assert client.post(undo, headers=HTMX).status_code == 200
    assert state_then(work) == "booked"
    assert Seat.objects.get(absent=True).pk == ids.read_seat(seat)
    assert "undo-absence" in shown_deeds(client, seat)
    assert "undo-absence" not in shown_deeds(client, other)


def test_f_9_an_absence_is_taken_back_while_others_are_there(
    client: Client, work: Workplace
) -> None:
    seat, _ = begun_by_two(work)
    undo = note_absent(client, seat)
    deeds = shown_deeds(client, seat)
    assert "undo-absence" in deeds
    assert "learner-absent" not in deeds
    told = client.post(undo, headers=HTMX)
    assert "It was taken back." in told.content.decode()
    assert state_then(work) == "booked"
    assert not Seat.objects.filter(absent=True).exists()


def test_f_9_an_absence_is_taken_back_after_the_others_were_taught(
    client: Client, work: Workplace
) -> None:
    seat, other = begun_by_two(work)
    note_absent(client, seat)
    client.post(url_of(other, "finish"), {"request_key": "over", "reason": ""})
    assert {"undo-absence", "undo-finish"} <= shown_deeds(client, seat)
    assert "undo-absence" not in shown_deeds(client, other)
    assert next_number(work) == 1
    sheet = client.get(url_of(seat, "undo-absence")).content.decode()
    assert "next is lesson 1 →" in sheet
    client.post(url_of(seat, "undo-absence"), {"request_key": "back", "reason": "came late"})
    assert (state_then(work), next_number(work)) == ("finished", 2)
    assert not Seat.objects.filter(absent=True).exists()


def test_f_9_who_was_there_again_with_the_finish_is_not_taken_back_twice(
    client: Client, work: Workplace
) -> None:
    seat, other = begun_by_two(work)
    note_absent(client, seat)
    note_absent(client, other)
    # The finish that nobody's coming made takes all of them back.
    client.post(url_of(other, "undo-finish"), {"request_key": "back", "reason": "both came"})
    client.post(url_of(seat, "finish"), {"request_key": "over", "reason": ""})
    for one in (seat, other):
        assert "undo-finish" in shown_deeds(client, one)
        assert "undo-absence" not in shown_deeds(client, one)


def test_f_9_only_an_absence_is_taken_back_and_only_for_a_week(
    client: Client, work: Workplace
) -> None:
    seat = begun(work)
    client.post(url_of(seat, "learner-absent"), {"request_key": "once", "reason": "no answer"})
    # Nobody came, so the finish is the absence.
    assert "undo-absence" in shown_deeds(client, seat)
    assert "undo-finish" not in shown_deeds(client, seat)
    client.post(url_of(seat, "undo-absence"), {"request_key": "back", "reason": "x"})
    assert "undo-absence" not in shown_deeds(client, seat)
    client.post(url_of(seat, "cancel"), {"request_key": "off", "reason": "x"})
    assert "undo-absence" not in shown_deeds(client, seat)


def test_f_9_a_week_later_an_absence_stays(client: Client, work: Workplace) -> None:
    seat = begun(work)
    client.post(url_of(seat, "teacher-absent"), {"request_key": "once", "reason": "x"})
    assert "undo-absence" in shown_deeds(client, seat)
    row = get_lesson(actor=asking.staff_of(market_id=work.market.pk), seat_id=ids.read_seat(seat))
    support = asking.staff_of(market_id=work.market.pk, channel="fireman")

    def offered(days: int) -> bool:
        now = timezone.now() + timedelta(days=days)
        return UNDO_ABSENCE in deeds_for(actor=support, row=row, now=now)

    assert [offered(days) for days in (6, 8)] == [True, False]
