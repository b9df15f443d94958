"""Every channel and everything that staff's pages do: 403 and no effect outside the table."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse

from tests import household as house
from tests import snapshot, workplace
from tests.workplace import Workplace
from yueke.booking.models import Bulk
from yueke.people import channels
from yueke.portals import ids
from yueke.portals.staff import deeds as times
from yueke.portals.staff import urls
from yueke.portals.staff.lesson_deeds import LESSON_DEEDS
from yueke.portals.stamps import show_stamp

pytestmark = pytest.mark.django_db
STAFF = [code for code, channel in channels.channels().items() if channel.side == "staff"]


@dataclass
class Scene:
    """A lesson to come, and who and what is in it."""

    learner: str
    teacher: str
    seat: str
    stamp: str


@dataclass
class Deed:
    """A POST of a page, and which channels may send it."""

    name: str
    page: str
    url: Callable[[Scene], str]
    form: Callable[[Scene], dict[str, str]]
    may: Callable[[str], bool]


def of_lessons(code: str) -> Deed:
    """Return the deed of a lesson's page, which its own row of permissions opens."""
    need = LESSON_DEEDS[code].need
    return Deed(
        f"lesson {code}",
        "staff_lesson_do",
        lambda scene: reverse("staff_lesson_do", args=[scene.seat, code]),
        lambda scene: {"chosen": scene.teacher},
        lambda channel: (
            channels.may(channel, "see", "lessons") and channels.may_for(channel, *need, "major")
        ),
    )


def undone(code: str) -> Deed:
    """Return the undo of a deed of a lesson's page."""
    there = of_lessons(code)
    return Deed(
        f"undo by {code}",
        "staff_lesson_undo",
        lambda scene: (
            reverse("staff_lesson_undo", args=[scene.seat, code])
            + f"?request_key=k&chosen={scene.teacher}"
        ),
        lambda scene: {},
        there.may,
    )


def in_bulk(code: str) -> Deed:
    """Return the deed with many lessons."""
    need = LESSON_DEEDS[code].need
    return Deed(
        f"bulk {code}",
        "staff_bulk_new",
        lambda scene: reverse("staff_bulk_new"),
        lambda scene: {"do": code, "row": scene.seat},
        lambda channel: channels.may(channel, *need),
    )


def of_times(deed: times.Deed, page: str) -> Deed:
    """Return the deed with a teacher's half-hours, or its undo."""
    fields = {"do": deed.code, "product": "major"}
    query = f"?do={deed.code}&product=major&request_key=k"
    return Deed(
        f"{page} {deed.code}",
        page,
        lambda scene: (
            reverse(page, args=[scene.teacher])
            + (f"{query}&learner={scene.learner}&at={scene.stamp}" if "undo" in page else "")
        ),
        lambda scene: {**fields, "learner": scene.learner, "at": scene.stamp},
        lambda channel: (
            channels.may(channel, "see", "teachers") and times.may_do(channel=channel, deed=deed)
        ),
    )


def of_learner(page: str, need: tuple[str, str], see: str, **form: str) -> Deed:
    """Return the deed of a learner's page."""
    return Deed(
        f"{page} {' '.join(form.values())}",
        page,
        lambda scene: reverse(page, args=[scene.learner]),
        lambda scene: {"teacher": scene.teacher, "at": scene.stamp, "pay": "credit", **form},
        lambda channel: (
            channels.may(channel, *need)
            and any(channels.may(channel, "see", what) for what in see.split("|"))
        ),
    )


def of_seat(page: str, need: tuple[str, str], see: str) -> Deed:
    """Return the deed of a sheet about a lesson, which is of the major course."""
    return Deed(
        page,
        page,
        lambda scene: reverse(page, args=[scene.seat]),
        lambda scene: {},
        lambda channel: channels.may(channel, *need) and channels.may(channel, "see", see),
    )


def of_id(page: str, need: tuple[str, str], see: str) -> Deed:
    """Return the deed of a sheet about something that nobody has."""
    return Deed(
        page,
        page,
        lambda scene: reverse(page, args=["lrq_0000000000000000"]),
        lambda scene: {},
        lambda channel: channels.may(channel, *need) and channels.may(channel, "see", see),
    )


DEEDS = [
    *(of_lessons(code) for code in LESSON_DEEDS),
    *(undone(code) for code in sorted({d.back for d in LESSON_DEEDS.values() if d.back})),
    *(in_bulk(code) for code, deed in LESSON_DEEDS.items() if deed.in_bulk),
    *(of_times(deed, "staff_times_do") for deed in times.DEEDS),
    *(of_times(deed, "staff_times_undo") for deed in times.DEEDS),
    of_learner("staff_confirm", ("book", "major"), "learners", product="major"),
    of_learner("staff_confirm", ("force", "major"), "learners", product="major", force="1"),
    of_learner("staff_open_course", ("open", "course"), "learners", course="special:3"),
    of_learner("staff_grant", ("grant", "asset"), "learners|wallet", asset="credit", amount="1"),
    of_learner("staff_addresses", ("note", "addresses"), "learners", email="a@example.com"),
    Deed(
        "give",
        "staff_give",
        lambda scene: reverse("staff_give"),
        lambda scene: {"learners": scene.learner, "asset": "credit", "amount": "1"},
        lambda channel: channels.may(channel, "grant", "asset"),
    ),
    Deed(
        "several",
        "staff_several",
        lambda scene: reverse("staff_several", args=[scene.learner])
        + f"?product=major&teacher={scene.teacher}",
        lambda scene: {"times": scene.stamp, "mode": "all", "pay": "credit"},
        lambda channel: channels.may(channel, "book", "major")
        and channels.may(channel, "see", "learners"),
    ),
    of_learner("staff_dual", ("book", "allround"), "learners"),
    of_learner("staff_ask", ("request", "major"), "learners"),
    of_learner("staff_own_teacher", ("choose", "dedicated"), "learners"),
    of_learner("staff_schedule", ("propose", "contract"), "learners"),
    of_learner("staff_catch_up", ("catch-up", "major"), "lost"),
    of_learner("staff_overbook", ("overbook", "trial"), "overbooking"),
    Deed(
        "strategy",
        "staff_strategy",
        lambda scene: reverse("staff_strategy") + "?product=major",
        lambda scene: {},
        lambda channel: channels.may(channel, "see", "overbooking")
        and channels.may(channel, "change", "strategy"),
    ),
    of_seat("staff_rematch", ("rematch", "major"), "lessons"),
    of_id("staff_request_take_back", ("take-back", "request"), "requests"),
    of_id("staff_contract_end", ("end", "contract"), "contracts"),
    Deed(
        "assured",
        "staff_assured",
        lambda scene: reverse("staff_assured"),
        lambda scene: {},
        lambda channel: channels.may(channel, "see", "dedicated")
        and channels.may(channel, "assure", "major"),
    ),
    Deed(
        "cancel",
        "staff_cancel",
        lambda scene: reverse("staff_cancel", args=[scene.seat]),
        lambda scene: {},
        lambda channel: channels.may(channel, "see", "lessons")
        and channels.may(channel, "cancel", "lesson"),
    ),
]  # fmt: skip
# Proved where these pages have their own tests.
ELSEWHERE = (
    "staff_polic", "staff_campaign", "staff_coupon", "staff_class", "staff_webhook",
    "staff_message", "staff_auto", "staff_holiday", "staff_replay",
)  # fmt: skip


@pytest.fixture
def work(client: Client) -> Workplace:
    """Return a workplace, spoken to in English."""
    client.cookies["django_language"] = "en"
    return workplace.open_workplace()


@pytest.fixture
def scene(work: Workplace) -> Scene:
    """Return a lesson to come, and a free half-hour after it."""
    booked = workplace.book(workplace=work, at=house.evening(days=3))
    free = house.evening(days=4)
    house.release(teacher=work.teacher, starts=[free])
    return Scene(
        ids.LEARNER.show(work.learner.pk),
        ids.TEACHER.show(work.teacher.pk),
        ids.SEAT.show(booked.seat_id),
        show_stamp(free),
    )


@pytest.mark.parametrize("channel", STAFF)
def test_what_the_table_does_not_allow_is_refused_and_changes_nothing(
    client: Client, work: Workplace, scene: Scene, channel: str
) -> None:
    client.force_login(workplace.add_staff(workplace=work, channel=channel))
    before = snapshot.take()
    kept_out = [deed for deed in DEEDS if not deed.may(channel)]
    assert kept_out
    for deed in kept_out:
        form = {**deed.form(scene), "reason": "x", "request_key": "once"}
        answer = client.post(deed.url(scene), form)
        assert answer.status_code == 403, deed.name
        assert 'data-refusal="channel_may_not"' in answer.content.decode(), deed.name
    assert snapshot.changes(before) == {}
    assert not Bulk.objects.exists()


@pytest.mark.parametrize("channel", STAFF)
def test_what_the_table_allows_is_never_forbidden(
    client: Client, work: Workplace, scene: Scene, channel: str
) -> None:
    client.force_login(workplace.add_staff(workplace=work, channel=channel))
    for deed in DEEDS:
        # What is open to anyone is another team's to those who keep half-hours.
        is_theirs = not deed.name.endswith("withdraw") or channels.may(channel, "withdraw", "slot")
        if deed.may(channel) and is_theirs:
            form = {**deed.form(scene), "reason": "x", "request_key": deed.name}
            assert client.post(deed.url(scene), form).status_code != 403, deed.name


@pytest.mark.parametrize("channel", STAFF)
def test_a_lessons_page_offers_what_the_table_allows_and_nothing_else(
    client: Client, work: Workplace, scene: Scene, channel: str
) -> None:
    client.force_login(workplace.add_staff(workplace=work, channel=channel))
    answer = client.get(reverse("staff_lesson", args=[scene.seat]))
    if not channels.may(channel, "see", "lessons"):
        assert answer.status_code == 403
        return
    page = answer.content.decode()
    for code, deed in LESSON_DEEDS.items():
        url = reverse("staff_lesson_do", args=[scene.seat, code])
        may = channels.may_for(channel, *deed.need, "major")
        # The lesson is still to come.
        begun = {"finish", "undo-finish", "teacher-absent", "undo-absence", "learner-absent"}
        fits = code not in begun
        assert (f'href="{url}"' in page) is (may and fits), code


def test_every_page_that_takes_a_post_stands_in_the_matrix() -> None:
    known = {deed.page for deed in DEEDS}
    for pattern in urls.urlpatterns:
        name = str(pattern.name)
        methods = getattr(pattern.callback, "__closure__", None)
        if name in known or name.startswith(ELSEWHERE) or methods is None:
            continue
        assert not _takes_post(pattern.callback), name


def _takes_post(view: Callable[..., object]) -> bool:
    """Tell whether a view, under its decorators, lets a POST through."""
    while view is not None:
        for cell in getattr(view, "__closure__", None) or ():
            if isinstance(cell.cell_contents, list) and "POST" in cell.cell_contents:
                return True
        view = getattr(view, "__wrapped__", None)  # type: ignore[assignment]
    return False
