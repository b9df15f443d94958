"""The address of every page with things that the demo company has, and who looks at it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from yueke.booking.classes.models import OpenClass
from yueke.booking.models import Bulk, Lesson, Seat
from yueke.feeds.models import WebhookDelivery, WebhookEndpoint
from yueke.inventory.models import Slot
from yueke.kernel.grid import floor
from yueke.people import public_ids
from yueke.people.models import Teacher, User
from yueke.supply.autobooking.models import AutoRule
from yueke.supply.contracts.models import Contract
from yueke.supply.holidays.models import Holiday
from yueke.supply.requests.models import LessonRequest
from yueke.supply.runs.models import WeeklyRun
from yueke.wallet.campaigns.models import Campaign
from yueke.wallet.coupons.models import CouponBatch

# What a page asks for in its address beside its parts; {at}, {teacher}, {learner}, {seat} and
# {day} are filled in.
QUERIES: Final = {
    "family_home": "learner={learner}",
    "family_lessons": "learner={learner}",
    "family_wallet": "learner={learner}",
    "family_book": "learner={learner}&product=major&day={day}",
    "family_by_teacher": "learner={learner}&product=major&day={day}",
    "family_teacher": "learner={learner}&product=major&day={day}",
    "family_confirm": "learner={learner}&product=major&teacher={teacher}&at={at}",
    "teacher_week_feed": "start={day}&end={later}",
    "staff_book": "product=major&day={day}",
    "staff_confirm": "product=major&teacher={teacher}&at={at}",
    "staff_bulk_new": "do=cancel&row={seat}",
    "staff_times_do": "do=withdraw&at={at}",
    "staff_teacher_then": "week={day}",
}
# Pages that every channel's staff have each in their own way.
BY_CHANNEL: Final = {"staff_console", "staff_lesson_do"}
# Who sees most comes first.
STAFF: Final = (
    "lp",
    "fireman",
    "cc",
    "tmk",
    "supply",
    "international",
    "curriculum",
    "classroom",
    "marketing",
)
WHOSE: Final[dict[str, Sequence[str]]] = {
    ".portals.family.": ("parent",),
    ".portals.teachers.": ("teacher",),
    ".portals.staff.": STAFF,
}
DEED: Final = {"fireman": "teacher", "lp": "courseware"}
# Other things that addresses name: the newest that the demo company has of each.
NAMED: Final = {
    "batch": (CouponBatch, "cpb"),
    "bulk": (Bulk, "blk"),
    "campaign": (Campaign, "cmp"),
    "contract": (Contract, "ctr"),
    "delivery": (WebhookDelivery, "dlv"),
    "endpoint": (WebhookEndpoint, "whk"),
    "holiday": (Holiday, "hol"),
    "lesson": (OpenClass, "lsn"),
    "rule": (AutoRule, "aru"),
    "run": (WeeklyRun, "arn"),
    "wish": (LessonRequest, "lrq"),
}


@dataclass(frozen=True)
class Address:
    """A page's address and the login that looks at it."""

    page: str
    who: str
    url: str


@dataclass(frozen=True)
class Page:
    """A page by its name, and the addresses to try: the first that shows it is measured."""

    name: str
    addresses: list[Address]


def every_page() -> Iterator[Page]:
    """Yield every page of families, teachers and staff."""
    for whose, logins in WHOSE.items():
        for pattern in _patterns(get_resolver().url_patterns):
            if whose in str(pattern.callback.__module__):
                yield Page(str(pattern.name), list(_addresses(pattern, logins)))


def _patterns(some: Iterable[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for one in some:
        if isinstance(one, URLResolver):
            yield from _patterns(one.url_patterns)
        else:
            yield one


@cache
def client_of(who: str) -> Client:
    """Return a browser of a login of the demo company."""
    client = Client(headers={"Accept-Language": "zh-hans"})
    client.force_login(User.objects.get(username=who))
    return client


def _addresses(pattern: URLPattern, logins: Sequence[str]) -> Iterator[Address]:
    known = _known()
    name = str(pattern.name)
    if not set(pattern.pattern.converters) <= set(known) | {"deed"}:
        return
    query = QUERIES.get(name, "").format(**known)
    for who in logins:
        parts = {**known, "deed": DEED.get(who, "cancel")}
        if who == "teacher":
            parts["seat"] = known["taught"]
        mine = {part: parts[part] for part in pattern.pattern.converters}
        url = reverse(name, kwargs=mine) + (f"?{query}" if query else "")
        client = client_of(who)
        if client.get(url).status_code == 200:
            yield Address(name, who, url)
            if name not in BY_CHANNEL:
                return


@cache
def _known() -> dict[str, Any]:
    """Return ids of a learner of the demo's parent, a lesson to come, a free half-hour and more."""
    parent = User.objects.get(username="parent")
    learner = parent.family.learners.order_by("id")[0]
    now = timezone.now()
    seat = _seat(learner.pk, now)
    slot = _free(now)
    return {
        "learner": public_ids.show("lrn", learner.pk),
        "seat": public_ids.show("st", seat.pk),
        "taught": public_ids.show("st", _taught().pk),
        "policy": "free_cancel_hours",
        "product": "major",
        "teacher": public_ids.show("tch", slot.teacher_id),
        "stamp": f"{slot.starts_at:%Y%m%dT%H%MZ}",
        "at": f"{slot.starts_at:%Y%m%dT%H%MZ}",
        "day": f"{slot.starts_at:%Y-%m-%d}",
        "later": f"{slot.starts_at + timedelta(days=7):%Y-%m-%d}",
        "place": 0,
        **{
            part: public_ids.show(prefix, newest.pk)
            for part, (kind, prefix) in NAMED.items()
            if (newest := kind._default_manager.order_by("-pk").first()) is not None
        },
    }


def _seat(learner_id: int, now: datetime) -> Seat:
    seats = Seat.objects.filter(learner_id=learner_id, state=Seat.State.LIVE)
    booked = Lesson.objects.filter(state=Lesson.State.BOOKED, starts_at__gt=now)
    to_come = seats.filter(lesson_id__in=booked.values("id")).order_by("starts_at").first()
    found = to_come or seats.order_by("-starts_at").first()
    assert found is not None, "the demo's parent has no lesson"
    return found


def _taught() -> Seat:
    """Return a seat in a lesson of the demo's teacher."""
    teacher = User.objects.get(username="teacher").teacher
    lesson = Lesson.objects.filter(teacher_id=teacher.pk).order_by("-starts_at")[0]
    return Seat.objects.filter(lesson_id=lesson.pk)[0]


def _free(now: datetime) -> Slot:
    """Return an open half-hour some days ahead of a teacher of the major course."""
    able = Teacher.objects.filter(skills__contains=["major:3"]).values("id")
    slots = Slot.objects.filter(
        state=Slot.State.OPEN, starts_at__gte=floor(now) + timedelta(days=2), teacher_id__in=able
    )
    found = slots.order_by("starts_at", "-rating").first()
    assert found is not None, "the demo company has no open half-hour"
    return found
