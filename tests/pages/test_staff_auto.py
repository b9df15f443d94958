"""The pages of auto-booking: rules on the learner's page, runs with why, holidays."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import household as house
from tests import workplace
from tests.served import transactional_db
from tests.spec.supply import weeks
from tests.spec.supply.weeks import ZONE, monday
from tests.workplace import Workplace
from yueke.kernel.transaction import snapshot
from yueke.people.models import Learner
from yueke.portals import ids
from yueke.portals.stamps import show_stamp
from yueke.supply.autobooking import weekly
from yueke.supply.autobooking.models import AutoRule
from yueke.supply.autobooking.reading import read_week
from yueke.supply.holidays.models import Holiday
from yueke.supply.runs.models import WeeklyRow, WeeklyRun
from yueke.supply.runs.weeks import Week

__all__ = ["transactional_db"]
TIMER = datetime.combine(monday(weeks=0), weekly.AT, ZONE).astimezone(UTC)
FORM = {
    "lessons": "1",
    "spread": "on",
    "pay_with": "credit",
    "day_0": "0",
    "clock_0": "38",
    "request_key": "once",
}
HOLIDAY = {
    "name": "国庆节",
    "first_day": "2026-10-01",
    "last_day": "2026-10-07",
    "reason": "plan",
    "request_key": "once",
}


@pytest.fixture
def work(transactional_db: None, client: Client) -> Workplace:
    """Return a workplace, spoken to in English: plans are made on a snapshot of their own."""
    client.cookies["django_language"] = "en"
    return workplace.open_workplace()


def enter(client: Client, work: Workplace, channel: str) -> None:
    """Log in somebody behind a channel."""
    client.force_login(workplace.add_staff(workplace=work, channel=channel))


def rules_of(learner: Learner) -> str:
    """Return the address of a learner's rules."""
    return reverse("staff_auto_rules", args=[ids.LEARNER.show(learner.pk)])


def sheet_of(learner: Learner) -> str:
    """Return the address of the sheet of a learner's rule."""
    return reverse("staff_auto_rule", args=[ids.LEARNER.show(learner.pk), "major"])


def run(work: Workplace, *learners: Learner, hours: tuple[str, ...] = ("19:00",)) -> WeeklyRun:
    """Store a rule for Monday evening for each, have the teacher offer times, and run."""
    house.release(teacher=work.teacher, starts=[weeks.at(monday(), 0, clock) for clock in hours])
    product = work.home.products["major"]
    for learner in learners:
        AutoRule.objects.create(
            id=learner.pk,
            market_id=work.market.pk,
            learner_id=learner.pk,
            product_id=product.pk,
            lessons=1,
            times=[38],
            channel="lp",
            actor_kind="user",
            actor_id=1,
            stored_at=TIMER,
        )
    weekly.run_due(now=lambda: TIMER)
    return WeeklyRun.objects.get()


def page_of(client: Client, url: str, **query: Any) -> str:
    """Return a page that must be there."""
    answer = client.get(url, query)
    assert answer.status_code == 200, url
    return answer.content.decode()


def test_a_learning_partner_stores_a_rule_once_sees_what_it_brings_and_pauses_it(
    client: Client, work: Workplace
) -> None:
    enter(client, work, "lp")
    house.release(teacher=work.teacher, starts=[weeks.at(monday(), 0, "19:00")])
    learner = ids.LEARNER.show(work.learner.pk)
    assert rules_of(work.learner) in page_of(client, reverse("staff_learner", args=[learner]))
    assert "No rule yet" in page_of(client, rules_of(work.learner))
    for _ in range(2):
        assert client.post(sheet_of(work.learner), FORM).status_code == 302
    rule = AutoRule.objects.get()
    assert (rule.times, rule.lessons, rule.is_spread, rule.channel) == ([38], 1, True, "lp")
    page = page_of(client, rules_of(work.learner))
    for words in ("Mon 19:00", "active", "Amy", "the only teacher of the level free then"):
        assert words in page
    for deed, is_active in (("pause", False), ("resume", True)):
        url = reverse("staff_auto_rule_do", args=[learner, ids.AUTO_RULE.show(rule.pk), deed])
        assert client.post(url, {"request_key": deed}).status_code == 302
        rule.refresh_from_db()
        assert rule.is_active is is_active
    url = reverse("staff_auto_rule_do", args=[learner, ids.AUTO_RULE.show(rule.pk), "delete"])
    assert client.post(url, {"request_key": "delete"}).status_code == 302
    assert not AutoRule.objects.exists()


def test_the_sheet_shows_the_rule_as_it_is_and_says_what_is_missing(
    client: Client, work: Workplace
) -> None:
    enter(client, work, "lp")
    workplace.book(workplace=work, at=house.evening(days=2))
    assert "Amy" in page_of(client, sheet_of(work.learner))
    amy = ids.TEACHER.show(work.teacher.pk)
    for wrong in ({"clock_0": ""}, {"day_0": "", "clock_0": ""}, {"lessons": "15"}):
        answer = client.post(sheet_of(work.learner), FORM | wrong)
        assert answer.status_code == 422
    form = FORM | {"teacher_0": amy, "tag_0": "kids", "skips_holidays": "on"}
    assert client.post(sheet_of(work.learner), form).status_code == 302
    rule = AutoRule.objects.get()
    assert (rule.teachers, rule.tags) == ([work.teacher.pk], ["kids"])
    assert f'<option value="{amy}" selected>' in page_of(client, sheet_of(work.learner))


def test_a_run_shows_how_far_it_is_and_each_row_why(client: Client, work: Workplace) -> None:
    enter(client, work, "supply")
    other = workplace.add_learner(workplace=work, name="贝贝")
    assert "No run yet" in page_of(client, reverse("staff_auto_runs"))
    found = run(work, work.learner, other)
    url = reverse("staff_auto_run", args=[ids.AUTO_RUN.show(found.pk)])
    assert monday().isoformat() in page_of(client, reverse("staff_auto_runs"))
    page = page_of(client, url)
    for words in (
        "2 of 2",
        "the only teacher of the level free then",
        "every teacher of the level",
    ):
        assert words in page
    assert "贝贝" not in page_of(client, url, q=work.learner.name)
    assert "data-row-open" not in page_of(client, url, q="nobody of this name")
    missed = WeeklyRow.objects.get(state="missed")
    assert missed.why
    rows = page_of(client, url, state="missed")
    assert rows.count("data-row-open") == 1
    file = client.get(url, {"format": "csv", "state": "missed"}).content.decode("utf-8-sig")
    assert file.count("\n") == 2
    assert "missed" in file
    progress = client.get(url, {"progress": "1"}, headers={"HX-Request": "true"})
    assert "Carried out" in progress.content.decode()
    assert "<html" not in progress.content.decode()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Weekly booking begun, week from", ": 1 booked, 1 missed", "Timer")),
        ("zh-hans", ("每周约课开始", "约上 1 节，未约上 1 节", "任务")),
    ],
)
def test_a_run_tells_when_it_began_and_how_it_ended(
    client: Client, work: Workplace, language: str, words: tuple[str, ...]
) -> None:
    enter(client, work, "supply")
    found = run(work, work.learner, workplace.add_learner(workplace=work, name="贝贝"))
    client.cookies["django_language"] = language
    page = page_of(client, reverse("staff_auto_run", args=[ids.AUTO_RUN.show(found.pk)]))
    for word in words:
        assert word in page


def test_a_learning_partner_books_what_is_near_to_a_missed_lesson_with_one_click(
    client: Client, work: Workplace
) -> None:
    enter(client, work, "lp")
    other = workplace.add_learner(workplace=work, name="贝贝")
    found = run(work, work.learner, other, hours=("19:00", "20:00"))
    missed = WeeklyRow.objects.get(state="missed")
    url = reverse("staff_auto_row", args=[ids.AUTO_RUN.show(found.pk), missed.place])
    near = weeks.at(monday(), 0, "20:00")
    sheet = page_of(client, url)
    for words in ("all taken", "Who is taught then", show_stamp(near), "Free near by"):
        assert words in sheet
    form = {
        "teacher": ids.TEACHER.show(work.teacher.pk),
        "at": show_stamp(near),
        "request_key": "once",
    }
    for _ in range(2):
        assert client.post(url, form).status_code == 302
    missed.refresh_from_db()
    assert (missed.state, missed.starts_at) == ("booked", near)
    assert "chosen by hand" in page_of(client, url)
    again = client.post(url, form | {"request_key": "twice"})
    assert again.status_code == 409
    assert 'data-refusal="run_row_not_missed"' in again.content.decode()


def test_what_next_week_would_bring_is_foreseen(client: Client, work: Workplace) -> None:
    enter(client, work, "supply")
    assert "No rule is stored" in page_of(client, reverse("staff_auto_preview"))
    other = workplace.add_learner(workplace=work, name="贝贝")
    run(work, work.learner, other)
    page = page_of(client, reverse("staff_auto_preview"))
    assert "What the week of" in page


def test_supply_keeps_the_holidays(client: Client, work: Workplace) -> None:
    enter(client, work, "supply")
    url = reverse("staff_holidays")
    assert "No holiday" in page_of(client, url)
    for _ in range(2):
        assert client.post(url, HOLIDAY).status_code == 302
    holiday = Holiday.objects.get()
    assert "国庆节" in page_of(client, url)
    wrong = HOLIDAY | {"last_day": "2026-09-01", "request_key": "wrong"}
    assert client.post(url, wrong).status_code == 422
    file = client.get(url, {"format": "csv"}).content.decode("utf-8-sig")
    assert "国庆节,2026-10-01,2026-10-07" in file
    remove = reverse("staff_holiday_remove", args=[ids.HOLIDAY.show(holiday.pk)])
    assert client.post(remove, {"request_key": "gone"}).status_code == 302
    assert not Holiday.objects.exists()


@pytest.mark.parametrize("channel", ["cc", "tmk", "fireman", "marketing", "curriculum"])
def test_other_teams_are_led_to_none_of_it(client: Client, work: Workplace, channel: str) -> None:
    enter(client, work, channel)
    for url in (
        rules_of(work.learner),
        reverse("staff_auto_runs"),
        reverse("staff_auto_preview"),
        reverse("staff_holidays"),
    ):
        assert client.get(url).status_code == 403
    assert reverse("staff_auto_runs") not in client.get(reverse("staff_console")).content.decode()


def test_only_those_who_may_change_what_is_stored(client: Client, work: Workplace) -> None:
    enter(client, work, "supply")
    assert client.post(sheet_of(work.learner), FORM).status_code == 403
    client.logout()
    enter(client, work, "lp")
    assert client.post(reverse("staff_holidays"), HOLIDAY).status_code == 403
    assert not AutoRule.objects.exists()
    assert not Holiday.objects.exists()


def test_only_what_is_open_when_rules_ask_for_it_is_read(work: Workplace) -> None:
    run(work, work.learner, hours=("19:30", "20:00"))
    free = [weeks.at(monday(), 0, clock) for clock in ("19:00", "19:30")]
    house.add_teacher(market=work.market, name="Tom", free=free)
    with snapshot() as reading:
        facts = read_week(
            reading, market_id=work.market.pk, week=Week(monday(), house.ZONE), now=TIMER
        )
    assert facts.slots["cell"].tolist() == [38]
