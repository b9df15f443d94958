"""What each channel's staff see first: lessons with trouble first, my learners, trials today."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import asking, workplace
from tests import household as house
from tests.workplace import Workplace
from yueke.booking.models import Lesson
from yueke.cli.bench.statements import counted
from yueke.curriculum.models import Product
from yueke.kernel.grid import HALF_HOUR, floor
from yueke.people.models import Learner, Staff
from yueke.portals import ids
from yueke.supply.matching.models import Wait

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(client: Client) -> Workplace:
    """Return a workplace, spoken to in English, where a lesson is on until the next begins."""
    client.cookies["django_language"] = "en"
    opened = workplace.open_workplace()
    Product.objects.update(minutes=30)
    return opened


def enter(client: Client, work: Workplace, channel: str) -> Staff:
    """Log in somebody behind a channel."""
    user = workplace.add_staff(workplace=work, channel=channel)
    client.force_login(user)
    return user.staff


def begun(work: Workplace, *, half_hours_ago: int, name: str) -> int:
    """Book a lesson that began so many half-hours ago, and return its number."""
    start = floor(timezone.now()) - half_hours_ago * HALF_HOUR
    learner = workplace.add_learner(workplace=work, name=name)
    teacher = house.add_teacher(market=work.market, name=f"T {name}")
    house.release(teacher=teacher, starts=[start], now=start - HALF_HOUR)
    booked = asking.book_one(
        actor=asking.staff_of(market_id=work.market.pk),
        command=asking.to_book(learner=learner, teacher=teacher, starts_at=start),
        now=start - HALF_HOUR,
    )
    return booked.lesson_id


def queue(client: Client) -> str:
    """Return the console's queue, as it fetches itself anew."""
    url = reverse("staff_console") + "?queue=1"
    return client.get(url, headers={"HX-Request": "true"}).content.decode()


def test_live_class_support_sees_trouble_before_what_goes_well(
    client: Client, work: Workplace
) -> None:
    begun(work, half_hours_ago=0, name="现在")
    begun(work, half_hours_ago=3, name="过了")
    alone = begun(work, half_hours_ago=0, name="没老师")
    Lesson.objects.filter(pk=alone).update(teacher_id=None)
    enter(client, work, "fireman")
    page = queue(client)
    places = [page.index(name) for name in ("没老师", "过了", "现在")]
    assert places == sorted(places)
    assert "Every lesson" not in page
    assert "chip-finished" not in page
    listed = client.get(reverse("staff_lessons"), {"state": "late"}).content.decode()
    assert re.search(r"chip-finished.*?Over, not finished", listed, re.S)
    whole = client.get(reverse("staff_console")).content.decode()
    assert whole.index("没老师") < whole.index("过了")


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        ("now", {"现在"}),
        ("late", {"过了"}),
        ("finished", {"上完"}),
        ("live", {"现在", "过了", "以后"}),
        ("soon", set()),
        ("", {"现在", "过了", "上完", "以后"}),
    ],
)
def test_the_list_of_lessons_is_narrowed_to_a_sight(
    client: Client, work: Workplace, state: str, shown: set[str]
) -> None:
    begun(work, half_hours_ago=0, name="现在")
    begun(work, half_hours_ago=3, name="过了")
    over = begun(work, half_hours_ago=6, name="上完")
    Lesson.objects.filter(pk=over).update(state="finished")
    later = workplace.add_learner(workplace=work, name="以后")
    workplace.book(workplace=work, at=house.evening(days=3), learner=later)
    enter(client, work, "fireman")
    page = client.get(reverse("staff_lessons"), {"state": state}).content.decode()
    assert set(re.findall(r'<td class="nowrap">(现在|过了|上完|以后)</td>', page)) == shown


def test_a_learning_partner_sees_their_own_learners_those_without_a_lesson_first(
    client: Client, work: Workplace
) -> None:
    partner = enter(client, work, "lp")
    idle = workplace.add_learner(workplace=work, name="没课")
    workplace.add_learner(workplace=work, name="别人的")
    Learner.objects.filter(pk__in=[work.learner.pk, idle.pk]).update(class_teacher=partner)
    workplace.book(workplace=work, at=house.evening(days=3))
    console = client.get(reverse("staff_console")).content.decode()
    assert console.index("没课") < console.index("乐乐")
    assert "别人的" not in console
    page = client.get(reverse("staff_mine")).content.decode()
    assert page.count("<tr data-row") == 2
    idle_only = client.get(reverse("staff_mine"), {"lack": "lesson"}).content.decode()
    assert ("没课" in idle_only, "乐乐" in idle_only) == (True, False)


def test_my_learners_go_on_after_the_last_of_a_page(
    client: Client, work: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    partner = enter(client, work, "lp")
    for step, name in enumerate("甲乙丙丁"):
        learner = workplace.add_learner(workplace=work, name=name)
        Learner.objects.filter(pk=learner.pk).update(class_teacher=partner)
        if step >= 2:
            workplace.book(workplace=work, at=house.evening(days=step), learner=learner)
    monkeypatch.setattr("yueke.portals.staff.mine.PAGE", 1)
    url, seen = reverse("staff_mine"), []
    for _ in range(4):
        page = client.get(url).content.decode()
        seen += re.findall(r"data-row-open>([甲乙丙丁])</a>", page)
        more = re.search(r'<a class="btn" href="(\?[^"]*)"[^>]*><span>More', page)
        url = reverse("staff_mine") + (more[1].replace("&amp;", "&") if more else "")
    assert seen == list("甲乙丙丁")
    assert more is None


def test_lessons_of_my_learners_alone_stand_in_my_queue(client: Client, work: Workplace) -> None:
    partner = enter(client, work, "lp")
    begun(work, half_hours_ago=0, name="我的")
    begun(work, half_hours_ago=0, name="别人的")
    assert "别人的" in queue(client)
    Learner.objects.filter(name="我的").update(class_teacher=partner)
    page = queue(client)
    assert ("我的" in page, "别人的" in page) == (True, False)


@pytest.mark.parametrize("channel", ["cc", "tmk"])
def test_consultants_and_telemarketing_see_the_trials_of_today(
    client: Client, work: Workplace, channel: str
) -> None:
    trial = Product.objects.create(
        market=work.market, code="trial", name_zh="试听", name_en="Trial"
    )
    enter(client, work, channel)
    assert "No trial today" in queue(client)
    begun(work, half_hours_ago=0, name="主修生")
    trial_lesson = begun(work, half_hours_ago=0, name="试听的")
    Lesson.objects.filter(pk=trial_lesson).update(product_id=trial.pk)
    page = queue(client)
    assert ("试听的" in page, "主修生" in page) == (True, False)


def test_marketing_is_told_how_to_begin(client: Client, work: Workplace) -> None:
    enter(client, work, "marketing")
    assert "Paste a learner" in client.get(reverse("staff_console")).content.decode()


def entered(work: Workplace, *, minutes_ago: int, name: str, **more: Any) -> str:
    """Let a learner have entered a room without a teacher, and return their seat's id."""
    learner = workplace.add_learner(workplace=work, name=name)
    at = house.evening(days=3) + minutes_ago * HALF_HOUR
    booked = workplace.book(workplace=work, at=at, learner=learner)
    Wait.objects.create(
        seat_id=booked.seat_id,
        market_id=work.market.pk,
        lesson_id=booked.lesson_id,
        learner_id=learner.pk,
        product_id=work.home.products["major"].pk,
        skill="major:3",
        starts_at=at,
        entered_at=timezone.now() - timedelta(minutes=minutes_ago, seconds=5),
        **more,
    )
    return ids.SEAT.show(booked.seat_id)


@pytest.mark.parametrize("channel", ["fireman", "supply", "classroom"])
def test_sd_8_who_waits_at_the_door_stands_above_all_the_longest_first(
    client: Client, work: Workplace, channel: str
) -> None:
    late = begun(work, half_hours_ago=3, name="过了")
    short = entered(work, minutes_ago=1, name="刚来")
    long = entered(work, minutes_ago=7, name="久等", alerted_at=timezone.now())
    entered(work, minutes_ago=9, name="走了", state="left", settled_at=timezone.now())
    enter(client, work, channel)
    page = queue(client)
    links = [reverse("staff_lesson", args=[seat]) for seat in (long, short)]
    door = page[: page.index("过了") if channel == "fireman" else len(page)]
    assert [door.index(link) for link in links] == sorted(door.index(link) for link in links)
    assert "waits for 7 minutes" in door
    assert ">waits for 1 minute</span>" in door
    # Support has been told of one of them.
    assert door.count("chip-trouble") == 1
    assert "走了" not in page
    assert Lesson.objects.get(pk=late).state == "booked"


def test_sd_8_nobody_at_the_door_is_said(client: Client, work: Workplace) -> None:
    enter(client, work, "fireman")
    assert "Nobody waits for a teacher." in queue(client)


def test_the_door_is_not_shown_to_who_may_not_see_it(client: Client, work: Workplace) -> None:
    entered(work, minutes_ago=2, name="久等")
    enter(client, work, "lp")
    assert "At the door" not in queue(client)


def test_the_queue_asks_as_often_for_many_at_the_door_as_for_one(
    client: Client, work: Workplace
) -> None:
    enter(client, work, "fireman")
    entered(work, minutes_ago=1, name="甲")
    queue(client)
    with counted() as few:
        queue(client)
    for step in range(2, 12):
        entered(work, minutes_ago=step, name=f"乙{step}")
    with counted() as many:
        page = queue(client)
    assert len(many) == len(few)
    assert page.count("waits for") == 8
    assert f"{reverse('staff_waits')}?state=waiting" in page


def lose(work: Workplace, learner: Learner, *, days: int) -> None:
    """Book a learner a lesson, and cancel it."""
    booked = workplace.book(workplace=work, at=house.evening(days=days), learner=learner)
    actor = asking.staff_of(market_id=work.market.pk)
    asking.cancel(actor=actor, seats=[booked.seat_id], now=timezone.now())


def test_lp_10_my_learners_show_what_was_lost_and_lead_to_the_catch_up(
    client: Client, work: Workplace
) -> None:
    partner = enter(client, work, "lp")
    idle = workplace.add_learner(workplace=work, name="没丢")
    Learner.objects.filter(pk__in=[work.learner.pk, idle.pk]).update(class_teacher=partner)
    lose(work, work.learner, days=2)
    lost_url = reverse("staff_catch_up", args=[ids.LEARNER.show(work.learner.pk)])
    url = reverse("staff_mine")
    client.get(url)
    with counted() as few:
        page = client.get(url).content.decode()
    assert re.search(rf'href="{lost_url}"[^>]*>1</a>', page)
    assert page.count("catch-up") == 2  # where it leads with scripts and without them
    drawer = client.get(reverse("staff_learner", args=[ids.LEARNER.show(work.learner.pk)]))
    assert "1 lost lesson, not caught up on" in drawer.content.decode()
    lose(work, idle, days=3)
    lose(work, idle, days=4)
    with counted() as many:
        assert ">2</a>" in client.get(url).content.decode()
    assert len(many) == len(few)
    file = client.get(url, {"format": "csv"}).content.decode("utf-8-sig")
    assert sorted(line.rsplit(",", 1)[1] for line in file.strip().splitlines()[1:]) == ["1", "2"]


def test_lost_lessons_are_not_shown_to_who_cannot_catch_up(client: Client, work: Workplace) -> None:
    lose(work, work.learner, days=2)
    enter(client, work, "curriculum")
    drawer = client.get(reverse("staff_learner", args=[ids.LEARNER.show(work.learner.pk)]))
    assert "not caught up on" not in drawer.content.decode()
