"""IN-1 and targeting on staff's pages: previewed, done once, undone, and refused clearly."""

import html
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import product
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import asking, snapshot, workplace
from tests import household as house
from tests.workplace import Workplace
from yueke.cli.bench.statements import counted
from yueke.inventory import commands as inventory
from yueke.inventory.models import Slot
from yueke.inventory.orders import Target
from yueke.people import channels
from yueke.portals import ids
from yueke.portals.stamps import show_stamp
from yueke.portals.wall import show_wall

pytestmark = pytest.mark.django_db
HALF_HOUR = timedelta(minutes=30)
HTMX = {"HX-Request": "true"}
STAFF = [code for code, channel in channels.channels().items() if channel.side == "staff"]
# What each deed needs of the table of permissions: one of these.
NEEDS = {
    "offer-product": [("release", "product")],
    "offer-student": [("release", "student")],
    "offer": [("release", "slot")],
    "keep-product": [("target", "product")],
    "keep-student": [("target", "student")],
    "free": [("target", "student"), ("target", "product")],
    "withdraw": [("withdraw", "slot"), ("withdraw", "student"), ("withdraw", "product")],
}


@pytest.fixture
def work(client: Client) -> Workplace:
    """Return a workplace, spoken to in English."""
    client.cookies["django_language"] = "en"
    return workplace.open_workplace()


@pytest.fixture
def at() -> datetime:
    """Return an evening in three days."""
    return house.evening(days=3)


def enter(client: Client, work: Workplace, channel: str) -> None:
    """Log in somebody behind a channel."""
    client.force_login(workplace.add_staff(workplace=work, channel=channel))


def url(work: Workplace, name: str = "staff_times_do") -> str:
    """Return a page about the teacher's times."""
    return reverse(name, args=[ids.TEACHER.show(work.teacher.pk)])


def wish(do: str, *starts: datetime, **more: str) -> dict[str, Any]:
    """Return the fields that ask for a deed on half-hours."""
    return {"do": do, "at": [show_stamp(start) for start in starts], **more}


def slots(work: Workplace) -> dict[datetime, tuple[str | None, int | None, datetime | None]]:
    """Return the target and the reservation of each of the teacher's slots."""
    rows = Slot.objects.filter(teacher_id=work.teacher.pk)
    values = rows.values_list("starts_at", "target_kind", "target_id", "reserved_until")
    return {row[0]: row[1:] for row in values}


def keep(
    work: Workplace,
    starts: Sequence[datetime],
    target: Target,
    *,
    until: datetime | None = None,
) -> None:
    """Have staff keep open slots for a target."""
    channel = "international" if target.kind == "product" else "lp"
    actor = asking.staff_of(market_id=work.market.pk, channel=channel)
    answer = inventory.target_slots(
        asking.request(actor=actor, now=timezone.now()),
        teacher_id=work.teacher.pk,
        starts=starts,
        target=target,
        reserved_until=until,
    )
    asking.done(answer)


def undo_of(page: str) -> str:
    """Return the address of the one Undo on a page, or ''."""
    found = re.findall(r'hx-post="([^"]*/times/undo[^"]*)"', page)
    assert len(found) <= 1
    return html.unescape(found[0]) if found else ""


def test_in_1_half_hours_are_offered_for_one_product_and_undone(
    client: Client, work: Workplace, at: datetime
) -> None:
    enter(client, work, "international")
    special = work.home.products["special"]
    week = client.get(url(work, "staff_times"), {"week": f"{at:%Y-%m-%d}"}).content.decode()
    assert f'name="at" value="{show_stamp(at)}"' in week
    fields = wish("offer-product", at, at + HALF_HOUR, product="special")
    before = snapshot.take()
    sheet = client.get(url(work), fields, headers=HTMX).content.decode()
    assert "2 half-hours" in sheet
    assert "Special course" in sheet
    assert snapshot.changes(before) == {}
    answer = client.post(url(work), {**fields, "request_key": "once"}, headers=HTMX)
    kept = ("product", special.pk, None)
    assert slots(work) == {at: kept, at + HALF_HOUR: kept}
    assert "2 half-hours are kept for Special course." in answer.content.decode()
    client.post(undo_of(answer.content.decode()), headers=HTMX)
    assert slots(work) == {}


def test_a_form_sent_twice_counts_once(client: Client, work: Workplace, at: datetime) -> None:
    enter(client, work, "international")
    fields = {**wish("offer-product", at, product="special"), "request_key": "once"}
    client.post(url(work), fields)
    after_one = snapshot.take()
    client.post(url(work), fields)
    assert snapshot.changes(after_one) == {}


def test_the_preview_tells_what_stays_and_why_and_then_it_stays(
    client: Client, work: Workplace, at: datetime
) -> None:
    workplace.book(workplace=work, at=at)
    house.release(teacher=work.teacher, starts=[at + HALF_HOUR])
    enter(client, work, "international")
    fields = wish("keep-product", at, at + HALF_HOUR, at + 2 * HALF_HOUR, product="level7")
    sheet = client.get(url(work), fields).content.decode()
    assert "1 half-hour</span> · Level-7 advanced" in sheet
    assert "1 half-hour stays as it is: booked" in sheet
    assert "1 half-hour stays as it is: not offered, or on hold" in sheet
    answer = client.post(url(work), {**fields, "request_key": "once"}, follow=True)
    level7 = ("product", work.home.products["level7"].pk, None)
    assert slots(work) == {at: (None, None, None), at + HALF_HOUR: level7}
    page = answer.content.decode()
    assert "1 half-hour is kept for Level-7 advanced. 2 half-hours stay as they were." in page
    client.post(undo_of(page))
    assert set(slots(work).values()) == {(None, None, None)}


def test_the_sheet_asks_why_and_the_half_hour_tells(
    client: Client, work: Workplace, at: datetime
) -> None:
    house.release(teacher=work.teacher, starts=[at])
    enter(client, work, "fireman")
    fields = wish("withdraw", at)
    assert 'name="reason"' in client.get(url(work), fields).content.decode()
    before = snapshot.take()
    too_long = {**fields, "reason": "x" * 301, "request_key": "once"}
    assert client.post(url(work), too_long).status_code == 422
    assert snapshot.changes(before) == {}
    client.post(url(work), {**fields, "reason": "老师请假", "request_key": "once"})
    assert slots(work) == {}
    place = [ids.TEACHER.show(work.teacher.pk), show_stamp(at)]
    assert "老师请假" in client.get(reverse("staff_slot", args=place)).content.decode()


def test_what_is_offered_already_stays_as_it_is(
    client: Client, work: Workplace, at: datetime
) -> None:
    house.release(teacher=work.teacher, starts=[at])
    enter(client, work, "international")
    fields = wish("offer-product", at, product="special")
    sheet = client.get(url(work), fields).content.decode()
    assert "1 half-hour stays as it is: offered already" in sheet
    assert "disabled" in sheet.partition("sheet-actions")[2]
    client.post(url(work), {**fields, "request_key": "once"})
    assert slots(work) == {at: (None, None, None)}


def test_a_slot_is_kept_for_one_learner_until_a_time_and_undone(
    client: Client, work: Workplace, at: datetime
) -> None:
    house.release(teacher=work.teacher, starts=[at])
    enter(client, work, "lp")
    until = house.evening(days=2)
    learner = ids.LEARNER.show(work.learner.pk)
    fields = wish(
        "keep-student", at, learner=learner, until=show_wall(instant=until, zone=house.ZONE)
    )
    sheet = client.get(url(work), fields, headers=HTMX).content.decode()
    assert "乐乐" in sheet
    assert "Whatever nobody has booked by then is removed" in sheet
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', sheet)
    form = {name: [v for n, v in hidden if n == name] for name, _ in hidden}
    answer = client.post(url(work), form, headers=HTMX)
    assert slots(work) == {at: ("student", work.learner.pk, until)}
    client.post(undo_of(answer.content.decode()), headers=HTMX)
    assert slots(work) == {at: (None, None, None)}


def test_freeing_is_undone_to_the_same_learner_and_the_same_end(
    client: Client, work: Workplace, at: datetime
) -> None:
    house.release(teacher=work.teacher, starts=[at, at + HALF_HOUR])
    kept = Target("student", work.learner.pk)
    until = house.evening(days=2)
    keep(work, [at, at + HALF_HOUR], kept, until=until)
    before = slots(work)
    enter(client, work, "lp")
    fields = {**wish("free", at, at + HALF_HOUR), "request_key": "once"}
    answer = client.post(url(work), fields, headers=HTMX)
    assert set(slots(work).values()) == {(None, None, None)}
    client.post(undo_of(answer.content.decode()), headers=HTMX)
    assert slots(work) == before


def test_what_cannot_be_brought_back_exactly_has_no_undo(
    client: Client, work: Workplace, at: datetime
) -> None:
    other = workplace.add_learner(workplace=work, name="豆豆")
    starts = [at, at + HALF_HOUR, at + 2 * HALF_HOUR]
    house.release(teacher=work.teacher, starts=starts)
    keep(work, [starts[0]], Target("student", work.learner.pk))
    keep(work, [starts[1]], Target("student", other.pk))
    keep(work, [starts[2]], Target("student", other.pk), until=timezone.now() + timedelta(days=1))
    enter(client, work, "lp")
    answer = client.post(url(work), {**wish("free", *starts[:2]), "request_key": "1"}, headers=HTMX)
    assert undo_of(answer.content.decode()) == ""
    # It ends at a second, which no address carries.
    answer = client.post(url(work), {**wish("free", starts[2]), "request_key": "2"}, headers=HTMX)
    assert undo_of(answer.content.decode()) == ""
    assert set(slots(work).values()) == {(None, None, None)}


def test_what_another_team_keeps_is_neither_promised_nor_changed(
    client: Client, work: Workplace, at: datetime
) -> None:
    house.release(teacher=work.teacher, starts=[at])
    keep(work, [at], Target("product", work.home.products["special"].pk))
    enter(client, work, "lp")
    sheet = client.get(url(work), wish("free", at)).content.decode()
    assert "1 half-hour stays as it is: another team&#x27;s" in sheet
    before = snapshot.take()
    answer = client.post(url(work), {**wish("free", at), "request_key": "once"})
    assert answer.status_code == 403
    assert 'data-refusal="channel_may_not"' in answer.content.decode()
    assert set(snapshot.changes(before)) == {"request_key"}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"at": []}, "Tick at least one half-hour."),
        ({"at": ["soon"]}, "One of the times can&#x27;t be read."),
        ({"do": ""}, "Choose what to do."),
        ({"learner": ""}, "Choose a learner."),
        ({"learner": "lrn_none"}, "Choose a learner."),
        ({"learner": "{stranger}"}, "Choose a learner."),
        ({"until": "2020-01-01T00:00"}, "Choose a time to come."),
        ({"until": "soon"}, "Choose a time to come."),
    ],
)
def test_what_is_missing_is_said_and_nothing_changes(
    client: Client, work: Workplace, at: datetime, fields: dict[str, Any], words: str
) -> None:
    abroad = workplace.open_workplace(code="us")
    house.release(teacher=work.teacher, starts=[at])
    enter(client, work, "lp")
    asked = wish("keep-student", at, learner=ids.LEARNER.show(work.learner.pk)) | fields
    if asked["learner"] == "{stranger}":
        asked["learner"] = ids.LEARNER.show(abroad.learner.pk)
    before = snapshot.take()
    assert words in client.get(url(work), asked).content.decode()
    answer = client.post(url(work), {**asked, "request_key": "once"})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert snapshot.changes(before) == {}


@pytest.mark.parametrize(("channel", "do"), list(product(STAFF, NEEDS)))
def test_deeds_are_offered_and_taken_as_the_table_of_permissions_says(
    client: Client, work: Workplace, at: datetime, channel: str, do: str
) -> None:
    may = any(channels.may(channel, *need) for need in NEEDS[do])
    free, new = at, at + HALF_HOUR
    house.release(teacher=work.teacher, starts=[free])
    if do == "withdraw" and not channels.may(channel, "withdraw", "slot"):
        keep(work, [free], Target("product", work.home.products["special"].pk))
    enter(client, work, channel)
    page = client.get(url(work, "staff_times"))
    if page.status_code == 403:
        assert not may
    assert (f'value="{do}"' in page.content.decode()) is may
    learner = ids.LEARNER.show(work.learner.pk)
    fields = wish(do, new if do.startswith("offer") else free, product="special", learner=learner)
    before = snapshot.take()
    assert client.get(url(work), fields).status_code == (200 if may else 403)
    assert snapshot.changes(before) == {}
    answer = client.post(url(work), {**fields, "request_key": "once"})
    assert answer.status_code == (302 if may else 403)
    assert ("event" in snapshot.changes(before)) is may


@pytest.mark.parametrize("channel", STAFF)
def test_the_way_there_stands_where_something_may_be_done(
    client: Client, work: Workplace, at: datetime, channel: str
) -> None:
    house.release(teacher=work.teacher, starts=[at])
    enter(client, work, channel)
    may = any(channels.may(channel, *need) for needs in NEEDS.values() for need in needs)
    teacher = ids.TEACHER.show(work.teacher.pk)
    for page in (
        reverse("staff_teacher_week", args=[teacher]),
        reverse("staff_slot", args=[teacher, show_stamp(at)]),
    ):
        answer = client.get(page)
        if answer.status_code == 200:
            assert (url(work, "staff_times") in answer.content.decode()) is may


@pytest.mark.parametrize("name", ["staff_times", "staff_times_do", "staff_times_learners"])
def test_another_markets_teacher_is_not_found(
    client: Client, work: Workplace, at: datetime, name: str
) -> None:
    enter(client, workplace.open_workplace(code="us"), "lp")
    assert client.get(url(work, name), wish("free", at)).status_code == 404
    if name == "staff_times_do":
        form = {**wish("free", at), "request_key": "once"}
        assert client.post(url(work, name), form).status_code == 404


def test_learners_are_looked_for_beside_the_half_hours(client: Client, work: Workplace) -> None:
    workplace.add_learner(workplace=work, name="豆豆")
    enter(client, work, "lp")
    found = client.get(url(work, "staff_times_learners"), {"q": "豆"}, headers=HTMX)
    assert re.findall(
        r'name="learner" value="[^"]*"[^>]*>\s*<span[^>]*>([^<]*)', found.content.decode()
    ) == ["豆豆"]
    without_scripts = client.get(url(work, "staff_times"), {"q": "豆", **wish("keep-student")})
    assert "豆豆" in without_scripts.content.decode()


def test_ticks_and_choices_stand_again_in_the_page(
    client: Client, work: Workplace, at: datetime
) -> None:
    house.release(teacher=work.teacher, starts=[at])
    enter(client, work, "lp")
    asked = {"week": f"{at:%Y-%m-%d}", **wish("free", at)}
    page = client.get(url(work, "staff_times"), asked).content.decode()
    assert re.search(rf'value="{show_stamp(at)}"[^>]* checked', page)
    assert re.search(r'value="free"[^>]* checked', page)


def test_a_fuller_week_asks_the_database_no_more_often(
    client: Client, work: Workplace, at: datetime
) -> None:
    other = workplace.add_learner(workplace=work, name="豆豆")
    house.release(teacher=work.teacher, starts=[at + step * HALF_HOUR for step in range(3)])
    keep(work, [at], Target("student", work.learner.pk))
    enter(client, work, "lp")
    week = {"week": f"{at:%Y-%m-%d}"}
    client.get(url(work, "staff_times"), week)
    with counted() as few:
        client.get(url(work, "staff_times"), week)
    keep(work, [at + HALF_HOUR], Target("student", other.pk))
    with counted() as many:
        assert "豆豆" in client.get(url(work, "staff_times"), week).content.decode()
    assert 0 < len(few) == len(many)
