"""What each channel's staff see first: lessons with trouble first, my learners, trials today."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import asking, classroom, workplace
from tests import household as house
from tests.workplace import Workplace
from yueke.booking.classes.models import ClassWait
from yueke.booking.models import Lesson
from yueke.cli.bench.statements import counted
from yueke.curriculum.models import Product
from yueke.kernel.grid import HALF_HOUR, floor, show_instant
from yueke.notices.models import Event
from yueke.people.models import Learner, PolicyValue, Staff
from yueke.portals import ids
from yueke.supply.matching.models import Wait
from yueke.wallet.campaigns import commands as campaigns
from yueke.wallet.campaigns.models import Campaign

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


def trial_of_today(work: Workplace, name: str, *, by: Staff | None = None) -> None:
    """Book a trial that is on now, perhaps by a member of staff."""
    trial, _ = Product.objects.get_or_create(
        market=work.market, code="trial", defaults={"name_zh": "试听", "name_en": "Trial"}
    )
    lesson_id = begun(work, half_hours_ago=0, name=name)
    Lesson.objects.filter(pk=lesson_id).update(product_id=trial.pk)
    if by:
        Event.objects.filter(pk=lesson_id).update(actor_id=by.user_id)


@pytest.mark.parametrize("channel", ["cc", "tmk"])
def test_consultants_and_telemarketing_see_the_trials_of_today_that_they_booked(
    client: Client, work: Workplace, channel: str
) -> None:
    staff = enter(client, work, channel)
    assert "You have booked no trial for today." in queue(client)
    begun(work, half_hours_ago=0, name="主修生")
    trial_of_today(work, "我约的", by=staff)
    trial_of_today(work, "别人约的")
    page = client.get(reverse("staff_console")).content.decode()
    shown = [name in page for name in ("我约的", "别人约的", "主修生")]
    assert shown == [True, False, False]
    switch = reverse("staff_console") + "?whose=all"
    assert f'href="{switch}"' in page
    page = client.get(switch).content.decode()
    shown = [name in page for name in ("我约的", "别人约的", "主修生")]
    assert shown == [True, True, False]
    # What refreshes itself stays as it was switched.
    assert "?queue=1&amp;whose=all" in page
    url = reverse("staff_console") + "?queue=1&whose=all"
    assert "别人约的" in client.get(url, headers={"HX-Request": "true"}).content.decode()
    listed = client.get(reverse("staff_lessons"), {"product": "trial", "booked": "1"})
    assert "别人约的" not in listed.content.decode()


def test_all_trials_of_today_may_be_none(client: Client, work: Workplace) -> None:
    enter(client, work, "tmk")
    page = client.get(reverse("staff_console"), {"whose": "all"}).content.decode()
    assert "No trial today." in page


def test_marketing_is_told_how_to_begin(client: Client, work: Workplace) -> None:
    enter(client, work, "marketing")
    page = client.get(reverse("staff_console")).content.decode()
    assert "Paste a learner" in page
    assert "No campaign runs" in page


def campaign(work: Workplace, name: str, *, days: int, budget: int = 1000) -> int:
    """Make a campaign that ends in so many days, and return its number."""
    actor = asking.staff_of(market_id=work.market.pk, channel="marketing")
    now = timezone.now()
    [made] = asking.done(
        campaigns.create(
            asking.request(actor=actor, now=now),
            name_zh=name, name_en=name, cause="named", amount=60, budget=budget,
            begins_at=now, ends_at=now + timedelta(days=days),
        )
    )  # fmt: skip
    return made.campaign_id


def test_m_1_marketing_sees_what_runs_what_ends_and_what_was_given_last(
    client: Client, work: Workplace
) -> None:
    enter(client, work, "marketing")
    campaign(work, "Ends soon", days=3)
    friend = campaign(work, "Bring a friend", days=30, budget=65)
    over = campaign(work, "Was long ago", days=1)
    Campaign.objects.filter(pk=over).update(
        begins_at=timezone.now() - timedelta(days=9), ends_at=timezone.now() - timedelta(days=8)
    )
    actor = asking.staff_of(market_id=work.market.pk, channel="marketing")
    asking.done(
        campaigns.grant(
            asking.request(actor=actor, now=timezone.now()),
            campaign_id=friend, learner_id=work.learner.pk, cause="a colleague",
        )
    )  # fmt: skip
    left = queue(client)
    assert left.index("5 energy stones left") < left.index("Ending within a week")
    assert left.index("Ending within a week") < left.index("Ends soon")
    page = client.get(reverse("staff_console")).content.decode()
    work_page = page[page.index('id="found"') :]
    assert work_page.index("Ends soon") < work_page.index("Bring a friend")
    assert "Was long ago" not in page
    assert "60 of 65" in page
    given = work_page[work_page.index("Given last") :]
    assert reverse("staff_learner", args=[ids.LEARNER.show(work.learner.pk)]) in given
    assert "Bring a friend" in given
    # Marketing doesn't see who learners are.
    assert work.learner.name not in page


@pytest.mark.parametrize("channel", ["curriculum", "classroom"])
def test_who_makes_classes_sees_drafts_waits_and_attendance_and_what_comes_next(
    client: Client, work: Workplace, channel: str
) -> None:
    enter(client, work, channel)
    empty = client.get(reverse("staff_console")).content.decode()
    assert "No class is planned" in empty
    assert reverse("staff_class_new") in empty
    draft = classroom.drafted(workplace=work, at=house.evening(days=2))
    full = classroom.published(workplace=work, at=house.evening(days=3))
    for name in ("安安", "天天"):
        child = house.add_child(household=work.home, name=name)
        classroom.seated(workplace=work, lesson=full, learner=child)
    ClassWait.objects.create(
        id=1, market_id=work.market.pk, lesson_id=ids.read_class(full),
        learner_id=work.learner.pk, asset="credit", since=timezone.now(),
    )  # fmt: skip
    over = classroom.published(workplace=work, at=house.evening(days=4))
    classroom.seated(workplace=work, lesson=over, learner=work.learner)
    Lesson.objects.filter(pk=ids.read_class(over)).update(
        starts_at=floor(timezone.now()) - timedelta(hours=3)
    )
    page = queue(client)
    parts = [page.index(title) for title in ("Who came?", "To publish", "Waiting lists")]
    places = [page.index(reverse("staff_class", args=[one])) for one in (over, draft, full)]
    assert sorted(parts + places) == [
        place for pair in zip(parts, places, strict=True) for place in pair
    ]
    assert "1 learner<" in page
    assert "1 waits<" in page
    assert "beginning soon" not in page.lower()
    whole = client.get(reverse("staff_console")).content.decode()
    ahead = whole[whole.index("Classes today and next") :]
    assert ahead.index(draft) < ahead.index(full)
    assert over not in ahead


@pytest.mark.parametrize("channel", ["curriculum", "marketing"])
def test_a_console_asks_as_often_for_much_as_for_little(
    client: Client, work: Workplace, channel: str
) -> None:
    enter(client, work, channel)

    def add(step: int) -> None:
        campaign(work, f"Campaign {step}", days=3 + step)
        classroom.drafted(workplace=work, at=house.evening(days=2 + step))

    add(0)
    url = reverse("staff_console")
    client.get(url)
    with counted() as few:
        client.get(url)
    for step in range(1, 5):
        add(step)
    with counted() as many:
        client.get(url)
    assert len(many) == len(few)


def test_cl_1_once_classes_are_handed_over_nothing_of_them_waits_for_the_classroom(
    client: Client, work: Workplace
) -> None:
    classroom.drafted(workplace=work, at=house.evening(days=2))
    PolicyValue.objects.create(
        id=1, market_id=work.market.pk, name="open_class_handover",
        value=show_instant(timezone.now() - timedelta(days=1)),
        from_at=timezone.now() - timedelta(days=2),
    )  # fmt: skip
    enter(client, work, "classroom")
    page = queue(client)
    assert "To publish" not in page
    assert "At the door" in page
    assert "Phonics for all" in client.get(reverse("staff_console")).content.decode()


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
