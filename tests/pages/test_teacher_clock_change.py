"""The night when clocks go back: the hour that comes twice is two, by links and by forms."""

import html
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import asking, workplace
from tests.workplace import Workplace
from yueke.inventory import commands as inventory
from yueke.inventory.models import Slot

pytestmark = pytest.mark.django_db
OCTOBER = datetime(2026, 10, 25, 12, tzinfo=UTC)
# In New York 01:00 comes at 05:00 and again at 06:00 in UTC.
FIRST = datetime(2026, 11, 1, 5, tzinfo=UTC)
SECOND = datetime(2026, 11, 1, 6, tzinfo=UTC)
HALF_HOUR = timedelta(minutes=30)


@pytest.fixture
def work(client: Client, monkeypatch: pytest.MonkeyPatch) -> Workplace:
    """Return a workplace in the week before, whose teacher in New York is logged in."""
    monkeypatch.setattr(timezone, "now", lambda: OCTOBER)
    made = workplace.open_workplace()
    made.teacher.zone = "America/New_York"
    made.teacher.save()
    client.force_login(made.teacher_user)
    client.cookies["django_language"] = "en"
    return made


def release(work: Workplace, starts: Sequence[datetime]) -> None:
    """Offer half-hours of the teacher."""
    mine = asking.request(actor=asking.teacher_of(teacher=work.teacher), now=OCTOBER)
    asking.done(inventory.release_slots(mine, teacher_id=work.teacher.pk, starts=starts))


def starts(work: Workplace) -> list[datetime]:
    """Return the half-hours that the teacher offers."""
    slots = Slot.objects.filter(teacher_id=work.teacher.pk).order_by("starts_at")
    return list(slots.values_list("starts_at", flat=True))


def sheet_of(client: Client, page: str) -> tuple[str, dict[str, str]]:
    """Follow the one link to a stretch of time, and return its sheet and the sheet's fields."""
    [url] = set(re.findall(r'href="(/teacher/time\?[^"]*)"', page))
    sheet = client.get(html.unescape(url)).content.decode()
    form = sheet.partition('id="time-form"')[2]
    fields = re.findall(r'<input[^>]* name="(\w+)"[^>]* value="([^"]*)"', form)
    return sheet, dict(fields)


def test_the_second_one_o_clock_is_told_apart_and_taken_back_by_its_link(
    client: Client, work: Workplace
) -> None:
    release(work, [SECOND])
    page = client.get(reverse("teacher_week"), {"week": "2026-11-01"}).content.decode()
    assert "01:00 (second)–01:30 (second)" in page
    sheet, form = sheet_of(client, page)
    assert "1 half-hour is free" in sheet
    release(work, [FIRST])
    answer = client.post(reverse("teacher_withdraw"), form, follow=True)
    assert starts(work) == [FIRST]
    assert "01:00 (second)–01:30 (second)" in answer.content.decode()


def test_a_stretch_across_the_change_is_taken_back_whole(client: Client, work: Workplace) -> None:
    release(work, [FIRST + HALF_HOUR, SECOND])
    page = client.get(reverse("teacher_week"), {"week": "2026-11-01"}).content.decode()
    sheet, form = sheet_of(client, page)
    assert "2 half-hours are free" in sheet
    client.post(reverse("teacher_withdraw"), form)
    assert starts(work) == []


def test_the_calendar_leads_to_the_same_half_hour(client: Client, work: Workplace) -> None:
    release(work, [SECOND])
    week = {"start": "2026-10-26T00:00:00", "end": "2026-11-02T00:00:00"}
    [free] = client.get(reverse("teacher_week_feed"), week).json()
    assert "1 half-hour is free" in client.get(free["url"]).content.decode()


def test_a_time_changed_in_the_form_is_read_from_the_wall_clock(
    client: Client, work: Workplace
) -> None:
    release(work, [SECOND])
    page = client.get(reverse("teacher_week"), {"week": "2026-11-01"}).content.decode()
    _, form = sheet_of(client, page)
    changed = {**form, "begins": "2026-11-01T18:00", "ends": "2026-11-01T18:30"}
    client.post(reverse("teacher_release"), changed)
    assert starts(work) == [SECOND, datetime(2026, 11, 1, 23, tzinfo=UTC)]
