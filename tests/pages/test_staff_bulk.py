"""Many lessons at once: seen row by row, done by a worker, resumed where it stops, taken away."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import asking, snapshot, workplace
from tests import household as house
from tests.workplace import Workplace
from yueke.booking import bulk
from yueke.booking.jobs import run_bulks
from yueke.booking.models import Bulk, BulkRow, Lesson, Seat
from yueke.kernel.grid import HALF_HOUR, floor
from yueke.notices.models import Event
from yueke.people import channels
from yueke.portals import ids

pytestmark = pytest.mark.django_db
NEW = "staff_bulk_new"


@pytest.fixture
def work(client: Client) -> Workplace:
    """Return a workplace whose live-class support is logged in, in English."""
    made = workplace.open_workplace()
    client.force_login(workplace.add_staff(workplace=made, channel="fireman"))
    client.cookies["django_language"] = "en"
    return made


def two_lessons(work: Workplace) -> list[str]:
    """Book two lessons on two days, and return their seats' ids."""
    seats = (workplace.book(workplace=work, at=house.evening(days=n)).seat_id for n in (3, 4))
    return [ids.SEAT.show(seat) for seat in seats]


def work_off() -> None:
    """Let a worker do what waits."""
    run_bulks(timestamp=0)


def fields_in(page: str) -> dict[str, list[str]]:
    """Return the hidden fields of the form."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page):
        found.setdefault(name, []).append(value)
    return found


def start(client: Client, deed: str, rows: list[str]) -> str:
    """Go through the preview, start it, and return the address of its outcome."""
    page = client.get(reverse(NEW), {"do": deed, "row": rows}).content.decode()
    answer = client.post(reverse(NEW), {**fields_in(page), "reason": "storm"})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def test_the_list_offers_to_do_something_with_what_is_ticked(
    client: Client, work: Workplace
) -> None:
    two_lessons(work)
    page = client.get(reverse("staff_lessons")).content.decode()
    assert page.count('form="bulk-form" name="row"') == 2
    assert set(re.findall(r'name="do" value="([\w-]+)"', page)) == {
        "cancel", "finish", "teacher", "teacher-absent", "learner-absent",
    }  # fmt: skip


def test_each_row_is_seen_before_and_nothing_changes(client: Client, work: Workplace) -> None:
    seats = two_lessons(work)
    asking.cancel(
        actor=asking.staff_of(market_id=work.market.pk),
        seats=[ids.read_seat(seats[0])],
        now=timezone.now(),
    )
    before = snapshot.take()
    page = client.get(reverse(NEW), {"do": "cancel", "row": seats}).content.decode()
    assert "already cancelled" in page
    assert fields_in(page)["row"] == seats[1:]
    assert snapshot.changes(before) == {}
    assert not BulkRow.objects.exists()


def test_a_worker_does_row_by_row_and_says_how_each_came_out(
    client: Client, work: Workplace
) -> None:
    seats = two_lessons(work)
    url = start(client, "cancel", seats)
    assert Seat.objects.filter(state="live").count() == 2
    waiting = client.get(url).content.decode()
    assert 'value="0" max="2"' in waiting
    assert 'hx-trigger="every 1s"' in waiting
    asking.cancel(
        actor=asking.staff_of(market_id=work.market.pk),
        seats=[ids.read_seat(seats[0])],
        now=timezone.now(),
    )
    work_off()
    done = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert 'value="2" max="2"' in done
    assert "every 1s" not in done
    assert "already cancelled" in done
    file = client.get(url, {"format": "csv"}).content.decode("utf-8-sig").splitlines()
    assert ("already cancelled" in file[1], file[2].endswith(",done")) == (True, True)
    told = Event.objects.filter(kind="lesson.cancelled", channel="fireman")
    assert [event.reason for event in told] == ["storm"]
    assert "1 of" not in client.get(reverse("staff_bulks")).content.decode()


def test_what_stopped_half_way_goes_on_and_nothing_is_done_twice(
    client: Client, work: Workplace
) -> None:
    start(client, "cancel", two_lessons(work))
    assert bulk.run_next(now=timezone.now())
    assert sorted(BulkRow.objects.values_list("state", flat=True)) == ["done", "waiting"]
    work_off()
    work_off()
    assert set(BulkRow.objects.values_list("state", flat=True)) == {"done"}
    assert Event.objects.filter(kind="lesson.cancelled").count() == 2
    assert not bulk.run_next(now=timezone.now())


def test_a_bulk_asked_for_twice_is_one(client: Client, work: Workplace) -> None:
    page = client.get(reverse(NEW), {"do": "cancel", "row": two_lessons(work)}).content.decode()
    form = {**fields_in(page), "reason": "storm"}
    first, second = (client.post(reverse(NEW), form) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert BulkRow.objects.count() == 2


def test_lessons_at_one_time_go_to_different_teachers(client: Client, work: Workplace) -> None:
    at = house.evening(days=3)
    seats = []
    for name in ("甲", "乙", "丙"):
        teacher = house.add_teacher(market=work.market, name=f"ill {name}", free=[at])
        learner = workplace.add_learner(workplace=work, name=name)
        booked = asking.book_one(
            actor=asking.staff_of(market_id=work.market.pk),
            command=asking.to_book(learner=learner, teacher=teacher, starts_at=at),
            now=timezone.now(),
        )
        seats.append(ids.SEAT.show(booked.seat_id))
    for name in ("Ben", "Ann"):
        house.add_teacher(market=work.market, name=name, free=[at])
    page = client.get(reverse(NEW), {"do": "teacher", "row": seats}).content.decode()
    assert "No other teacher has this time open" in page
    client.post(reverse(NEW), {**fields_in(page), "reason": "storm"})
    work_off()
    teachers = set(Event.objects.filter(kind="lesson.teacher_changed").values_list("teacher_id"))
    assert len(teachers) == 2
    assert Lesson.objects.count() == 3


def test_finishing_asks_no_reason(client: Client, work: Workplace) -> None:
    begins = floor(timezone.now())
    house.release(teacher=work.teacher, starts=[begins], now=begins - HALF_HOUR)
    booked = asking.book_one(
        actor=asking.staff_of(market_id=work.market.pk),
        command=asking.to_book(learner=work.learner, teacher=work.teacher, starts_at=begins),
        now=begins - HALF_HOUR,
    )
    seat = ids.SEAT.show(booked.seat_id)
    page = client.get(reverse(NEW), {"do": "finish", "row": [seat]}).content.decode()
    client.post(reverse(NEW), fields_in(page))
    work_off()
    assert Lesson.objects.get().state == "finished"


@pytest.mark.parametrize(
    "channel", [c.code for c in channels.channels().values() if c.side == "staff"]
)
def test_many_at_once_are_for_those_who_may_do_one(
    client: Client, work: Workplace, channel: str
) -> None:
    seats = two_lessons(work)
    if channel != "fireman":
        client.force_login(workplace.add_staff(workplace=work, channel=channel))
    for deed, need in (
        ("cancel", ("cancel", "lesson")),
        ("finish", ("finish", "lesson")),
        ("teacher", ("change", "teacher")),
    ):
        form = {"do": deed, "row": seats, "reason": "x", "request_key": deed}
        if channels.may(channel, *need):
            assert client.get(reverse(NEW), form).status_code == 200
            continue
        for answer in (client.get(reverse(NEW), form), client.post(reverse(NEW), form)):
            assert answer.status_code == 403
    assert not BulkRow.objects.exists()


def test_another_teams_and_another_markets_bulks_are_not_found(
    client: Client, work: Workplace
) -> None:
    url = start(client, "cancel", two_lessons(work))
    for other in (
        workplace.add_staff(workplace=work, channel="lp"),
        workplace.add_staff(workplace=workplace.open_workplace(code="us"), channel="fireman"),
    ):
        client.force_login(other)
        assert client.get(url).status_code == 404
        assert client.get(reverse("staff_bulks")).content.decode().count("data-row") == 0


def test_nothing_ticked_and_too_much_ticked_are_refused(client: Client, work: Workplace) -> None:
    none = client.get(reverse(NEW), {"do": "cancel"})
    assert 'data-refusal="bulk_empty"' in none.content.decode()
    many = [ids.SEAT.show(number) for number in range(1, bulk.ROWS_MAX + 2)]
    much = client.get(reverse(NEW), {"do": "cancel", "row": many})
    assert 'data-refusal="bulk_too_long"' in much.content.decode()


def test_waiting_rows_are_found_along_an_index(client: Client, work: Workplace) -> None:
    start(client, "cancel", two_lessons(work))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT 1 FROM bulk_row WHERE state = 'waiting' ORDER BY bulk_id, place LIMIT 1"
        )
        assert "bulk_row_waiting" in str(cursor.fetchall())


def test_a_row_that_breaks_is_told_and_what_waits_behind_it_goes_on(
    client: Client, work: Workplace
) -> None:
    first, second = two_lessons(work)
    url = start(client, "cancel", [first])
    # A bulk for a teacher without one can't be asked for on the page.
    Bulk.objects.update(deed="teacher")
    start(client, "cancel", [second])
    work_off()
    assert sorted(BulkRow.objects.values_list("state", flat=True)) == ["done", "refused"]
    assert "This lesson was left as it is" in client.get(url).content.decode()
    assert Seat.objects.get(pk=ids.read_seat(first)).state == "live"
