"""T-1 and T-2 on the teachers' pages: offered, taken back, once each, and refused clearly."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import asking, snapshot, workplace
from tests import household as house
from tests.workplace import Workplace
from yueke.inventory import commands as inventory
from yueke.inventory.models import Slot
from yueke.inventory.orders import Target
from yueke.portals.wall import show_wall

pytestmark = pytest.mark.django_db
TORONTO = ZoneInfo("America/Toronto")


@pytest.fixture
def work(client: Client) -> Workplace:
    """Return a workplace whose teacher is logged in, in English."""
    made = workplace.open_workplace()
    client.force_login(made.teacher_user)
    client.cookies["django_language"] = "en"
    return made


def fields(at: datetime, *, hours: float = 1, key: str = "once") -> dict[str, str]:
    """Return the form for a stretch that begins at an instant."""
    return {
        "begins": show_wall(instant=at, zone="America/Toronto"),
        "ends": show_wall(instant=at + timedelta(hours=hours), zone="America/Toronto"),
        "request_key": key,
    }


def starts(work: Workplace) -> list[datetime]:
    """Return the half-hours that the teacher offers."""
    slots = Slot.objects.filter(teacher_id=work.teacher.pk).order_by("starts_at")
    return list(slots.values_list("starts_at", flat=True))


def test_t_1_a_stretch_on_the_wall_clock_is_offered(client: Client, work: Workplace) -> None:
    at = house.evening(days=3)
    answer = client.post(reverse("teacher_release"), fields(at))
    assert answer.headers["Location"] == reverse("teacher_week")
    assert starts(work) == [at, at + timedelta(minutes=30)]


def test_a_form_sent_twice_counts_once(client: Client, work: Workplace) -> None:
    at = house.evening(days=3)
    client.post(reverse("teacher_release"), fields(at))
    after_one = snapshot.take()
    client.post(reverse("teacher_release"), fields(at))
    assert snapshot.changes(after_one) == {}


def test_t_2_free_time_is_taken_back_and_a_booked_half_hour_stays(
    client: Client, work: Workplace
) -> None:
    at = house.evening(days=3)
    workplace.book(workplace=work, at=at)
    house.release(teacher=work.teacher, starts=[at + timedelta(minutes=30)])
    answer = client.post(reverse("teacher_withdraw"), fields(at), follow=True)
    assert starts(work) == [at]
    assert "1 half-hour was taken back" in answer.content.decode()
    assert "1 half-hour stays as it was" in answer.content.decode()


def test_undo_brings_back_what_was_taken_back(client: Client, work: Workplace) -> None:
    at = house.evening(days=3)
    client.post(reverse("teacher_release"), fields(at))
    answer = client.post(
        reverse("teacher_withdraw"), fields(at, key="two"), headers={"HX-Request": "true"}
    )
    assert starts(work) == []
    undo = answer.content.decode().split('hx-post="')[-1].split('"')[0].replace("&amp;", "&")
    client.post(undo)
    assert len(starts(work)) == 2


@pytest.mark.parametrize("hours", [None, 24], ids=["kept", "kept for a day"])
def test_time_kept_for_one_learner_is_taken_back_without_undo(
    client: Client, work: Workplace, hours: int | None
) -> None:
    at = house.evening(days=3)
    house.release(teacher=work.teacher, starts=[at, at + timedelta(minutes=30)])
    inventory.target_slots(
        asking.request(actor=asking.teacher_of(teacher=work.teacher), now=timezone.now()),
        teacher_id=work.teacher.pk,
        starts=[at],
        target=Target("student", work.learner.pk),
        reserved_until=timezone.now() + timedelta(hours=hours) if hours else None,
    )
    taken_back = fields(at, key="two")
    for _click in range(2):
        answer = client.post(
            reverse("teacher_withdraw"), taken_back, headers={"HX-Request": "true"}
        )
        assert "2 half-hours were taken back" in answer.content.decode()
        assert "Undo" not in answer.content.decode()
    assert starts(work) == []


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"begins": "2020-01-01T18:00", "ends": "2020-01-01T19:00"}, 422, "time_in_past"),
        ({"begins": "2030-01-01T18:10", "ends": "2030-01-01T19:00"}, 422, "time_off_grid"),
        ({"begins": "2030-01-01T18:00", "ends": "2031-01-01T19:00"}, 422, "too_many_slots"),
        ({"request_key": ""}, 400, "request_key_missing"),
        ({"begins": "soon"}, 400, ""),
        ({"ends": "2020-01-01T18:00"}, 400, ""),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(
    client: Client, work: Workplace, change: dict[str, str], status: int, code: str
) -> None:
    before = snapshot.take()
    form = {**fields(house.evening(days=3)), **change}
    answer = client.post(reverse("teacher_release"), form)
    assert answer.status_code == status
    assert not code or f'data-refusal="{code}"' in answer.content.decode()
    assert set(snapshot.changes(before)) <= {"request_key"}


def test_t_1_a_weekly_pattern_is_previewed_then_offered(client: Client, work: Workplace) -> None:
    first = house.evening(days=1).astimezone(TORONTO).date()
    form = {
        "lines": "1",
        "line0-days": [str(day) for day in range(7)],
        "line0-begins": "06:00",
        "line0-ends": "07:30",
        "first": f"{first}",
        "weeks": "2",
    }
    page = client.get(reverse("teacher_pattern"), form).content.decode()
    assert "42 new half-hours" in page
    assert starts(work) == []
    client.post(reverse("teacher_pattern"), {**form, "request_key": "once"})
    assert len(starts(work)) == 42
    again = client.get(reverse("teacher_pattern"), form).content.decode()
    assert "0 new half-hours" in again
    assert "42 are offered already" in again


def every_day(first: date, *, weeks: int, begins: str, ends: str) -> dict[str, str | list[str]]:
    """Return the form of a stretch on every day."""
    return {
        "lines": "1",
        "line0-days": [str(day) for day in range(7)],
        "line0-begins": begins,
        "line0-ends": ends,
        "first": f"{first}",
        "weeks": f"{weeks}",
    }


@pytest.mark.parametrize(
    ("days", "weeks", "begins", "ends", "code"),
    [
        (1, 26, "06:00", "12:00", "too_many_slots"),
        (360, 4, "06:00", "07:00", "time_too_far"),
        (-40, 2, "06:00", "07:00", "pattern_empty"),
    ],
)
def test_what_releasing_a_pattern_would_refuse_is_said_before(
    client: Client, work: Workplace, days: int, weeks: int, begins: str, ends: str, code: str
) -> None:
    first = timezone.now().astimezone(TORONTO).date() + timedelta(days=days)
    form = every_day(first, weeks=weeks, begins=begins, ends=ends)
    for headers in ({}, {"HX-Request": "true"}):
        page = client.get(reverse("teacher_pattern"), form, headers=headers).content.decode()
        assert f'data-refusal="{code}"' in page
        assert "new half-hour" not in page
    answer = client.post(reverse("teacher_pattern"), {**form, "request_key": "once"})
    assert f'data-refusal="{code}"' in answer.content.decode()
    assert starts(work) == []


def test_what_lies_too_far_ahead_is_not_promised(client: Client, work: Workplace) -> None:
    last = timezone.now().astimezone(TORONTO).date() + timedelta(days=367)
    form = every_day(last - timedelta(days=6), weeks=1, begins="00:00", ends="00:00")
    page = client.get(reverse("teacher_pattern"), form).content.decode()
    client.post(reverse("teacher_pattern"), {**form, "request_key": "once"})
    assert 0 < len(starts(work)) < 336
    assert f"{len(starts(work))} new half-hours" in page


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "htmx"])
def test_a_stretch_that_ends_where_it_begins_is_refused(
    client: Client, work: Workplace, headers: dict[str, str]
) -> None:
    form = every_day(house.evening(days=1).date(), weeks=1, begins="06:00", ends="06:00")
    page = client.get(reverse("teacher_pattern"), form, headers=headers).content.decode()
    assert "It ends when it begins. Choose another end." in page
    answer = client.post(reverse("teacher_pattern"), {**form, "request_key": "once"})
    assert answer.status_code == 422
    assert starts(work) == []


def test_the_first_day_stands_in_the_form_in_every_language(
    client: Client, work: Workplace
) -> None:
    client.cookies["django_language"] = "zh-hans"
    page = client.get(reverse("teacher_pattern")).content.decode()
    assert f'value="{timezone.now().astimezone(TORONTO):%Y-%m-%d}"' in page


def test_one_line_more_keeps_what_was_written(client: Client, work: Workplace) -> None:
    form = {
        "lines": "1",
        "line0-days": "2",
        "line0-begins": "06:00",
        "line0-ends": "07:30",
        "first": f"{house.evening(days=1):%Y-%m-%d}",
        "weeks": "2",
        "add": "1",
    }
    page = client.get(reverse("teacher_pattern"), form).content.decode()
    assert page.count("<fieldset") == 2
    assert "This field is required" not in page


def test_a_pattern_without_days_says_so(client: Client, work: Workplace) -> None:
    form = {"lines": "1", "line0-begins": "06:00", "line0-ends": "07:30", "weeks": "2"}
    form |= {"first": f"{house.evening(days=1):%Y-%m-%d}", "request_key": "once"}
    answer = client.post(reverse("teacher_pattern"), form)
    assert answer.status_code == 422
    assert 'data-refusal="pattern_empty"' in answer.content.decode()
