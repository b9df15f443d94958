"""SD-7: the week of overbooking, and its strategy, changed once what it does was seen."""

import re
from datetime import datetime
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import asking, snapshot, workplace
from tests import household as house
from tests.pages.overbooked import (
    EVENING,
    NIGHT,
    evenings,
    free_teacher,
    overbook,
    sell_trials,
    set_strategy,
)
from tests.workplace import Workplace
from yueke.booking.overbooking.models import OverbookChange, OverbookStep
from yueke.cli.bench.statements import counted
from yueke.kernel.grid import HALF_HOUR
from yueke.portals.asked import FIELD, new_key
from yueke.portals.staff.overbooking_chart import HEIGHT
from yueke.supply.overbooking import holds
from yueke.supply.overbooking.commands import Step

pytestmark = pytest.mark.django_db
AT = house.evening(days=3)
CELL = r"<t[hd].*?</t[hd]>"
TABLES = (*snapshot.TABLES, "overbook_step", "overbook_change")


@pytest.fixture
def work(client: Client) -> Workplace:
    """Return a workplace that sells trials, where supply is logged in, spoken to in English."""
    client.cookies["django_language"] = "en"
    made = workplace.open_workplace()
    sell_trials(work=made)
    client.force_login(workplace.add_staff(workplace=made, channel="supply"))
    return made


def page(client: Client, at: datetime = AT, **more: str) -> str:
    """Return the page of the day that holds an instant."""
    local = at.astimezone(ZoneInfo(house.ZONE))
    query = {"week": f"{local:%Y-%m-%d}", "day": str(local.weekday()), **more}
    return client.get(reverse("staff_overbooking"), query).content.decode()


def row_of(text: str, clock: str) -> list[str]:
    """Return what stands in the row of a half-hour, without its elements."""
    rows = re.findall(r"<tr data-row>(.*?)</tr>", text, re.S)
    cells = [
        [re.sub(r"<[^>]*>", "", cell).strip() for cell in re.findall(CELL, row, re.S)]
        for row in rows
    ]
    [found] = [row for row in cells if row[0] == clock]
    return found


def sheet() -> str:
    """Return the address of the sheet of the strategy."""
    return reverse("staff_strategy") + "?product=trial"


def fields(client: Client, **changed: Any) -> dict[str, Any]:
    """Return the fields of the sheet as they are filled in, with some of them changed."""
    text = client.get(sheet()).content.decode()
    inputs = re.findall(r'<input type="\w+" name="(\w+)" value="([^"]*)"', text)
    found = {name: value for name, value in inputs if name not in (FIELD, "csrfmiddlewaretoken")}
    for name, options in re.findall(r'<select name="(\w+)".*?>(.*?)</select>', text, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return {**found, "reason": "Saturday is busy", FIELD: new_key(), **changed}


def added(place: int, half_hour: int, **numbers: int) -> dict[str, Any]:
    """Return the fields of a row that is filled in."""
    day, clock = divmod(half_hour, 48)
    row = {"day": day, "clock": clock, "ratio": 100, "floor": 0, "ceiling": 0, **numbers}
    return {f"{name}_{place}": value for name, value in row.items()}


def looked_at(client: Client, form: dict[str, Any]) -> tuple[str, str]:
    """Post the sheet once; return what it says would happen, and what confirms it."""
    text = client.post(sheet(), form).content.decode()
    confirm = re.search(r'name="confirm" value="(\w+)"', text)
    assert confirm is not None, text
    return text, confirm[1]


def confirmed(client: Client, form: dict[str, Any]) -> str:
    """Look at the effect, confirm it, and return the page it leads to."""
    _, seal = looked_at(client, form)
    again = {**form, FIELD: new_key(), "confirm": seal}
    return client.post(sheet(), again, follow=True).content.decode()


def test_sd_7_a_half_hour_shows_what_is_booked_expected_and_held(
    client: Client, work: Workplace
) -> None:
    set_strategy(work=work, steps=evenings(ceiling=4, ratio_percent=50, floor=1))
    for name in ("甲", "乙", "丙"):
        overbook(work=work, at=AT, learner=workplace.add_learner(workplace=work, name=name))
    free_teacher(work=work, at=AT, name="Tom")
    holds.occupy(market_id=work.market.pk, now=timezone.now())
    text = page(client)
    # Booked, expected to come, to be held, held, at most, left.
    assert row_of(text, "19:00")[1:7] == ["3", "2", "2", "1", "4", "1"]
    assert "1 to be held" in row_of(text, "19:00")[7]
    # Where nobody has booked the floor is to be held.
    assert row_of(text, "20:00")[1:7] == ["0", "0", "1", "0", "4", "4"]
    assert "booked 3, expected 2, held 1" in text
    assert f'<rect class="chart-ceiling" width="10" height="{HEIGHT}"/>' in text
    assert f'<rect class="chart-booked" x="1" width="4" height="{HEIGHT * 3 // 4}"/>' in text


def test_what_is_booked_at_a_half_hour_leads_to_those_lessons_alone(
    client: Client, work: Workplace
) -> None:
    set_strategy(work=work, steps=evenings(ceiling=4))
    for name, at in (("甲", AT), ("乙", AT), ("丙", AT + HALF_HOUR)):
        overbook(work=work, at=at, learner=workplace.add_learner(workplace=work, name=name))
    link = re.search(r'<a href="([^"]*)">2</a>', page(client))
    assert link is not None
    listed = client.get(unescape(link[1])).content.decode()
    assert [name in listed for name in ("甲", "乙", "丙")] == [True, True, False]
    # On another day it is no half-hour of the list's.
    there = client.get(unescape(link[1]).replace(f"{AT:%Y%m%d}T", "20200101T")).content.decode()
    assert "丙" in there


def test_sd_7_nothing_is_left_or_wanted_at_half_hours_that_have_begun(
    client: Client, work: Workplace
) -> None:
    set_strategy(work=work, steps=[Step(0, 100, 1, 2)])
    today = row_of(page(client, house.evening(days=0)), "00:00")
    assert (today[6], today[7]) == ("0", "")
    tomorrow = row_of(page(client, house.evening(days=1)), "00:00")
    assert (tomorrow[6], "1 to be held" in tomorrow[7]) == ("2", True)


def test_sd_7_what_is_booked_and_held_is_shown_when_the_strategy_is_gone(
    client: Client, work: Workplace
) -> None:
    set_strategy(work=work, steps=evenings(ceiling=4))
    seat_id = overbook(work=work, at=AT).seat_id
    free_teacher(work=work, at=AT, name="Tom")
    holds.occupy(market_id=work.market.pk, now=timezone.now())
    set_strategy(work=work, steps=[])
    # What is booked stays, and keeps its teacher.
    row = row_of(page(client), "19:00")
    assert row[1:7] == ["1", "1", "1", "1", "0", "0"]
    assert "over what may be" in row[7]
    assert holds.occupy(market_id=work.market.pk, now=timezone.now()) == (0, 0)
    cc = asking.staff_of(market_id=work.market.pk, channel="cc")
    asking.cancel(actor=cc, seats=[seat_id], now=timezone.now())
    assert holds.occupy(market_id=work.market.pk, now=timezone.now()) == (0, 1)
    assert "<tr data-row>" not in page(client)


def test_sd_7_the_strategy_is_read_as_a_table(client: Client, work: Workplace) -> None:
    set_strategy(work=work, steps=evenings(ceiling=5, ratio_percent=80, floor=1)[:4])
    text = page(client)
    assert row_of(text, "Mon 18:00") == ["Mon 18:00", "Mon 22:00", "80 %", "1", "5"]
    assert row_of(text, "Tue 22:00")[1:] == ["the end of Sunday", "nothing may be overbooked"]
    file = client.get(
        reverse("staff_overbooking"), {"list": "strategy", "format": "csv"}
    ).content.decode("utf-8-sig")
    assert file.splitlines()[1] == "Mon 18:00,Mon 22:00,80,1,5"


def test_sd_7_what_a_change_does_is_seen_before_and_nothing_is_changed(
    client: Client, work: Workplace
) -> None:
    set_strategy(work=work, steps=evenings(ceiling=2))
    for name in ("甲", "乙"):
        overbook(work=work, at=AT, learner=workplace.add_learner(workplace=work, name=name))
    place = 2 * AT.astimezone(ZoneInfo(house.ZONE)).weekday()
    before = snapshot.take(TABLES)
    text, _ = looked_at(client, fields(client, **{f"ceiling_{place}": 1, f"ratio_{place}": 50}))
    assert snapshot.changes(before) == {}
    assert "100 %, at least 0 held, at most 2 booked → 50 %, at least 0 held" in text
    # On eight half-hours of the two evenings that the coming weeks have of this weekday, one less.
    places = re.search(r"Places in them: (\d+) \(now (\d+)\)", text)
    assert places is not None
    assert int(places[2]) - int(places[1]) == 2 * 8
    assert "Teachers to be held in them: 1 (now 2, 1 fewer)" in text
    assert "Half-hours with more booked than may be: 1." in text
    assert "19:00" in text


def test_sd_7_rows_are_added_changed_and_removed_and_stand_in_the_history(
    client: Client, work: Workplace
) -> None:
    first = evenings(ceiling=5)[:4]
    set_strategy(work=work, steps=first, reason="evenings")
    form = fields(
        client,
        **added(4, 5 * 48 + EVENING, ratio=80, floor=2, ceiling=9),
        ceiling_0=6,
        day_3="",
    )
    text = confirmed(client, form)
    assert "Strategy changed." in text
    kept = OverbookStep.objects.order_by("from_half_hour").values_list(
        "from_half_hour", "ratio_percent", "floor", "ceiling"
    )
    assert list(kept) == [
        (EVENING, 100, 0, 6),
        (NIGHT, 0, 0, 0),
        (48 + EVENING, 100, 0, 5),
        (5 * 48 + EVENING, 80, 2, 9),
    ]
    for words in (
        "Sat 18:00 added: 80 %, at least 2 held, at most 9 booked",
        "Mon 18:00: 100 %, at least 0 held, at most 5 booked → 100 %",
        "Tue 22:00 removed: nothing may be overbooked",
        "Saturday is busy",
        "supply 王",
    ):
        assert words in text
    assert text.index("Saturday is busy") < text.index("evenings")


def test_sd_7_a_change_confirmed_twice_is_made_once(client: Client, work: Workplace) -> None:
    form = fields(client, **added(0, EVENING, ceiling=3))
    _, seal = looked_at(client, form)
    for _ in range(2):
        client.post(sheet(), {**form, "confirm": seal})
    assert OverbookStep.objects.get().ceiling == 3
    assert OverbookChange.objects.count() == 1


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (
            added(0, EVENING, floor=4, ceiling=3),
            "More teachers are to be held",
        ),
        (
            added(0, EVENING, ceiling=3) | added(1, EVENING, ceiling=4),
            "A time of the week stands twice",
        ),
        (added(0, EVENING, ratio=201), "less than or equal to 200"),
        (added(0, EVENING) | {"ceiling_0": ""}, "A number is missing."),
    ],
)
def test_sd_7_steps_that_cannot_be_are_refused_in_words(
    client: Client, work: Workplace, rows: dict[str, Any], words: str
) -> None:
    answer = client.post(sheet(), fields(client, **rows))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not OverbookStep.objects.exists()


def test_what_somebody_has_changed_meanwhile_is_not_overwritten(
    client: Client, work: Workplace
) -> None:
    form = fields(client, **added(0, EVENING, ceiling=3))
    set_strategy(work=work, steps=evenings(ceiling=7))
    answer = client.post(sheet(), form)
    assert answer.status_code == 409
    assert "Somebody has changed it since you opened it." in answer.content.decode()
    assert OverbookStep.objects.filter(ceiling=7).count() == 7


def test_a_strategy_longer_than_a_form_is_read_only(client: Client, work: Workplace) -> None:
    set_strategy(work=work, steps=[Step(place, 100, 0, 1 + place % 2) for place in range(151)])
    text = page(client)
    assert "changed through the API" in text
    assert sheet() not in text
    assert client.get(sheet()).status_code == 404


def test_an_empty_week_says_what_to_do(client: Client, work: Workplace) -> None:
    text = page(client)
    assert "Nothing may be overbooked in this week" in text
    assert "No strategy yet" in text


def test_the_week_is_taken_away_as_a_file(client: Client, work: Workplace) -> None:
    set_strategy(work=work, steps=evenings(ceiling=4))
    overbook(work=work, at=AT)
    query = {"week": f"{AT:%Y-%m-%d}", "format": "csv"}
    text = client.get(reverse("staff_overbooking"), query).content.decode("utf-8-sig")
    lines = text.strip().splitlines()
    assert len(lines) == 1 + 7 * (NIGHT - EVENING)
    assert f"{AT:%Y-%m-%d} 19:00,1,1,1,0,4,3" in lines
    answer = client.get(reverse("staff_overbooking"), {**query, "format": "xlsx"})
    assert answer.content.startswith(b"PK")


@pytest.mark.parametrize("channel", ["cc", "tmk", "fireman", "classroom"])
def test_sd_7_others_read_it_and_may_not_change_it(
    client: Client, work: Workplace, channel: str
) -> None:
    set_strategy(work=work, steps=evenings(ceiling=4))
    client.force_login(workplace.add_staff(workplace=work, channel=channel))
    text = page(client)
    assert "Mon 18:00" in text
    assert sheet() not in text
    assert client.get(sheet()).status_code == 403
    assert reverse("staff_overbooking") in client.get(reverse("staff_console")).content.decode()


@pytest.mark.parametrize("channel", ["lp", "marketing", "curriculum"])
def test_it_is_not_for_who_may_not_see_overbooking(
    client: Client, work: Workplace, channel: str
) -> None:
    client.force_login(workplace.add_staff(workplace=work, channel=channel))
    assert client.get(reverse("staff_overbooking")).status_code == 403
    console = client.get(reverse("staff_console")).content.decode()
    assert reverse("staff_overbooking") not in console


def test_a_product_of_more_half_hours_is_not_offered(client: Client, work: Workplace) -> None:
    work.home.products["special"].cells = 2
    work.home.products["special"].save()
    text = page(client)
    assert 'value="major"' in text
    assert 'value="special"' not in text
    query = {"product": "special"}
    assert client.get(reverse("staff_overbooking"), query).status_code == 422


def test_the_page_asks_as_often_for_many_half_hours_as_for_few(
    client: Client, work: Workplace
) -> None:
    set_strategy(work=work, steps=evenings(ceiling=4)[:2])
    page(client)
    with counted() as few:
        page(client)
    set_strategy(work=work, steps=evenings(ceiling=9))
    for name in ("甲", "乙", "丙"):
        overbook(work=work, at=AT, learner=workplace.add_learner(workplace=work, name=name))
    with counted() as many:
        page(client)
    assert len(many) == len(few)
