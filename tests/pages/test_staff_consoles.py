"""What each channel's staff see first: lessons with trouble first, my learners, trials today."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import asking, workplace
from tests import household as house
from tests.workplace import Workplace
from yueke.booking.models import Lesson
from yueke.curriculum.models import Product
from yueke.kernel.grid import HALF_HOUR, floor
from yueke.people.models import Learner, Staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(client: Client) -> Workplace:
    """Return a workplace, spoken to in English."""
    client.cookies["django_language"] = "en"
    return workplace.open_workplace()


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
