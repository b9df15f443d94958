"""Addresses and forms made up: no page fails at what stands in them, however odd."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, reverse

from tests import household as house
from tests import workplace
from tests.pages.things import known_parts
from tests.workplace import Workplace
from yueke.people.models import User
from yueke.portals import ids
from yueke.portals.family import urls as family
from yueke.portals.family.addresses import stamp
from yueke.portals.staff import urls as staff
from yueke.portals.stamps import show_stamp
from yueke.portals.teachers import urls as teachers

pytestmark = pytest.mark.django_db
ODD = (
    "\0",
    "9" * 30,
    "0001-01-01",
    "9999-12-31",
    "0001-01-01T00:00Z",
    "9999-12-31T23:30Z",
    "00010101T0000Z",
    "99991231T2330Z",
    "9999-12-31T23:59:59-14:00~1",
    f"99999999999999999.{ids.EVENT.show(1)}.9999",
    f"9999999999.{ids.SEAT.show(1)}",
)
LOOK = ("learner", "product")
LIST = ("q", "after", "format")
# Every page, with the parameters it reads.
PARAMETERS: dict[str, tuple[str, ...]] = {
    "enter_pc": (),
    "enter_h5": (),
    "family_home": ("learner",),
    "family_children": ("to",),
    "family_book": (*LOOK, "day", "at", "part", "tag", "after"),
    "family_by_teacher": (*LOOK, "day", "tag", "q", "after"),
    "family_teacher": (*LOOK, "day"),
    "family_confirm": (*LOOK, "teacher", "at"),
    "family_start_now": LOOK,
    "family_lessons": (*LIST, "learner", "tab"),
    "family_lesson": (),
    "family_cancel": (),
    "family_undo": (),
    "family_contact": (),
    "teacher_contact": (),
    "staff_messages": ("state", "after", "format"),
    "staff_webhooks": (),
    "staff_webhook": ("state", "after"),
    "staff_webhook_secret": (),
    "staff_webhook_switch": (),
    "staff_webhook_replay": (),
    "family_open_course": ("learner",),
    "family_calendar": (),
    "family_calendar_renew": (),
    "family_classes": ("q", "after", "learner", "tab"),
    "family_class": ("learner",),
    "family_class_book": ("learner",),
    "family_class_wait": ("learner",),
    "family_class_unwait": (),
    "family_replays": ("q", "learner"),
    "family_replay_buy": ("learner",),
    "family_wallet": (*LIST, "learner", "asset"),
    "teacher_week": ("week",),
    "teacher_week_feed": ("start", "end"),
    "teacher_time": ("begins", "ends", "begins_at", "ends_at"),
    "teacher_release": (),
    "teacher_withdraw": (),
    "teacher_undo": (),
    "teacher_pattern": ("lines", "first", "weeks", "line0-days", "line0-begins", "line0-ends"),
    "teacher_lessons": (*LIST, "past"),
    "teacher_lesson": (),
    "teacher_cancel": ("keep", "reason"),
    "teacher_calendar": (),
    "teacher_calendar_renew": (),
    "calendar_feed": (),
    "staff_console": ("q", "queue", "whose"),
    "staff_give": (),
    "staff_campaign_give": (),
    "staff_mine": (*LIST, "lack"),
    "staff_learners": LIST,
    "staff_learner": (),
    "staff_learner_audit": ("day", "before", "format"),
    "staff_wallet": ("asset", "before", "format"),
    "staff_grant": ("effect", "asset", "amount"),
    "staff_addresses": (),
    "staff_book": ("product", "day", "at", "q"),
    "staff_confirm": ("product", "teacher", "at", "force"),
    "staff_open_course": ("course", "effect"),
    "staff_several": ("product", "teacher", "day"),
    "staff_dual": (),
    "staff_replay_buy": ("learner", "q"),
    "staff_replay_refund": (),
    "staff_teachers": LIST,
    "staff_teacher": (),
    "staff_teacher_week": ("week",),
    "staff_slot": ("before",),
    "staff_times": ("week", "at", "night", "do", "product", "q", "learner", "until"),
    "staff_times_learners": ("q",),
    "staff_times_do": ("do", "at", "product", "learner", "until", "until_at"),
    "staff_times_undo": (),
    "staff_lesson_then": ("at",),
    "staff_slot_then": ("at",),
    "staff_teacher_then": ("at", "week"),
    "staff_learner_then": ("at",),
    "staff_wallet_then": ("at",),
    "staff_bulks": ("before",),
    "staff_bulk_new": ("do", "row"),
    "staff_bulk": ("format",),
    "staff_lessons": (
        *LIST,
        "day",
        "state",
        "learner",
        "teacher",
        "product",
        "mine",
        "booked",
        "at",
    ),
    "staff_lesson": ("before",),
    "staff_classes": (*LIST, "day", "state"),
    "staff_class_new": ("teacher", "q"),
    "staff_class_bulk": ("do", "row"),
    "staff_class": ("before",),
    "staff_class_edit": (),
    "staff_class_cover": (),
    "staff_class_attend": (),
    "staff_class_book": ("learner", "q"),
    "staff_class_replay": (),
    "staff_class_do": (),
    "family_redeem": (),
    "staff_coupons": ("q", "format"),
    "staff_coupons_new": (),
    "staff_coupon_batch": ("q", "format"),
    "staff_campaigns": ("q", "format"),
    "staff_campaign_new": (),
    "staff_campaign": (),
    "staff_policies": ("q", "format"),
    "staff_policy": ("product",),
    "staff_cancel": (),
    "staff_lesson_do": ("chosen", "q"),
    "staff_lesson_undo": ("chosen", "request_key"),
    "family_dedicated": LOOK,
    "family_dedicated_choose": (),
    "family_dedicated_book": (*LOOK, "at"),
    "family_trial": ("learner",),
    "family_trial_book": ("learner", "at"),
    "family_wait": (),
    "teacher_inbox": (),
    "teacher_request": (),
    "teacher_contract": (),
    "staff_ask": (),
    "staff_schedule": (),
    "staff_catch_up": (),
    "staff_own_teacher": (),
    "staff_overbook": (),
    "staff_rematch": (),
    "staff_requests": (*LIST, "state"),
    "staff_request_take_back": (),
    "staff_contracts": (*LIST, "state"),
    "staff_contract": (),
    "staff_contract_end": (),
    "staff_assured": (),
    "staff_waits": (*LIST, "state"),
    "staff_supply": ("week", "product", "count", "weekday", "from", "to", "format"),
    "staff_supply_cell": ("format",),
    "staff_overbooking": ("product", "week", "day", "list", "format"),
    "staff_strategy": ("product",),
    "staff_timers": ("q", "format"),
    "staff_holidays": (),
    "staff_holiday_remove": (),
    "staff_auto_rules": (),
    "staff_auto_rule": (),
    "staff_auto_rule_do": (),
    "staff_auto_runs": ("before",),
    "staff_auto_preview": (),
    "staff_auto_run": ("q", "state", "after", "format", "progress"),
    "staff_auto_row": (),
}
# Who sees pages that learning partners don't.
CHANNELS = {
    "staff_lesson_do": "fireman",
    "staff_lesson_undo": "fireman",
    **dict.fromkeys((name for name in PARAMETERS if name.startswith("staff_class")), "curriculum"),
    "staff_coupons": "marketing",
    "staff_coupons_new": "marketing",
    "staff_coupon_batch": "marketing",
    "staff_campaign_new": "marketing",
    "staff_campaign": "marketing",
    "staff_campaign_give": "marketing",
    "staff_give": "marketing",
    **dict.fromkeys(
        (
            *("staff_supply", "staff_supply_cell", "staff_timers", "staff_waits", "staff_assured"),
            *("staff_holidays", "staff_holiday_remove", "staff_overbook", "staff_rematch"),
            *("staff_overbooking", "staff_strategy"),
        ),
        "supply",
    ),
}
CAMPAIGN = {
    "name_zh": "活动",
    "name_en": "Campaign",
    "cause": "named",
    "amount": "1",
    "budget": "10",
    "first_day": "2026-11-23",
    "last_day": "2099-01-01",
    "limit_per_learner": "",
    "valid_days": "",
    "reason": "x",
}
STRATEGY = {
    "day_0": "5",
    "clock_0": "36",
    "ratio_0": "80",
    "floor_0": "1",
    "ceiling_0": "9",
    "seen": "x",
    "confirm": "x",
    "reason": "x",
}
# What a page needs beside the odd value to get as far as reading it.
BESIDE: dict[str, dict[str, str]] = {
    "teacher_week_feed": {"start": "2026-11-23", "end": "2026-11-30"},
    "teacher_time": {"begins": "2026-11-23T18:00", "ends": "2026-11-23T19:00"},
    "staff_times_do": {"do": "free", "at": "20261123T1000Z"},
    "staff_bulk_new": {"do": "cancel"},
    "staff_class_bulk": {"do": "publish"},
    "teacher_pattern": {
        "lines": "1",
        "first": "2026-11-23",
        "weeks": "4",
        "line0-days": "1",
        "line0-begins": "18:00",
        "line0-ends": "20:00",
    },
}


@pytest.fixture
def work(client: Client) -> Workplace:
    """Return a workplace with a lesson, spoken to in English."""
    client.cookies["django_language"] = "en"
    return workplace.open_workplace()


def pages() -> Iterator[URLPattern]:
    """Yield every page of families, teachers and staff."""
    for urls in (family, teachers, staff):
        yield from urls.urlpatterns


def person_for(name: str, work: Workplace) -> User:
    """Return somebody who may see the page: among staff, one who may do most."""
    if name.startswith("staff_webhook"):
        found = User.objects.filter(username="cn-system").first()
        return found or workplace.add_staff(workplace=work, channel="system")
    if name.startswith("staff_"):
        channel = CHANNELS.get(name, "lp")
        found = User.objects.filter(username=f"cn-{channel}").first()
        return found or workplace.add_staff(workplace=work, channel=channel)
    return work.teacher_user if name.startswith("teacher_") else work.home.user


def parts_of(page: URLPattern, known: dict[str, str]) -> dict[str, str]:
    """Return the parts of a page's address: of things that are there."""
    return {part: known[part] for part in page.pattern.converters}


def test_every_page_with_its_parameters_stands_here() -> None:
    assert {page.name for page in pages()} == set(PARAMETERS)


def test_no_parameter_of_an_address_makes_a_page_fail(client: Client, work: Workplace) -> None:
    known = known_parts(work)
    for page in pages():
        assert page.name is not None
        client.force_login(person_for(page.name, work))
        url = reverse(page.name, kwargs=parts_of(page, known))
        for parameter in PARAMETERS[page.name]:
            for odd in ODD:
                query = {**BESIDE.get(page.name, {}), parameter: odd}
                answer = client.get(url, query)
                assert answer.status_code < 500, (url, parameter, odd)
                assert "\0" not in odd or answer.status_code == 400, (url, parameter)


def test_no_part_of_an_address_makes_a_page_fail(client: Client, work: Workplace) -> None:
    known = known_parts(work)
    for page in pages():
        assert page.name is not None
        client.force_login(person_for(page.name, work))
        for part in page.pattern.converters:
            for odd in ODD:
                try:
                    url = reverse(page.name, kwargs={**parts_of(page, known), part: odd})
                except NoReverseMatch:
                    continue  # a page's number that is none is no address
                answer = client.get(url)
                assert 400 <= answer.status_code < 500, (page.name, part, odd)


def test_no_field_of_a_form_makes_a_page_fail(client: Client, work: Workplace) -> None:
    known = known_parts(work)
    at = house.evening(days=4)
    key = {"request_key": "once"}
    lesson = {"product": "major", "teacher": known["teacher"], "pay": "credit", **key}
    pattern = {**BESIDE["teacher_pattern"], **key}
    forms = {
        "family_confirm": {**lesson, "learner": known["learner"], "at": stamp(at)},
        "family_start_now": {**lesson, "learner": known["learner"]},
        "family_cancel": {"refund": "1", **key},
        "teacher_release": {**BESIDE["teacher_time"], "begins_at": "", "ends_at": "", **key},
        "teacher_withdraw": {**BESIDE["teacher_time"], "begins_at": "", "ends_at": "", **key},
        "teacher_pattern": pattern,
        "teacher_calendar_renew": key,
        "family_calendar_renew": key,
        "family_contact": {"email_on": "on", "email": "a@example.com", "sms": "13800000000", **key},
        "staff_webhooks": {"url": "https://example.com/", "event_kinds": "lesson.*", **key},
        "staff_webhook_secret": key,
        "staff_webhook_switch": {"is_on": "0", **key},
        "staff_webhook_replay": key,
        "staff_times_do": {
            "do": "keep-student",
            "at": known["stamp"],
            "product": "major",
            "learner": known["learner"],
            "until": "",
            "until_at": "",
            **key,
        },
        "staff_confirm": {**lesson, "at": show_stamp(at), "reason": "x"},
        "staff_grant": {"asset": "credit", "amount": "1", "last_day": "", "reason": "x", **key},
        "staff_addresses": {"email": "a@example.com", "wechat": "o" * 28, **key},
        "staff_cancel": {"reason": "x", **key},
        "staff_bulk_new": {"do": "cancel", "row": known["seat"], "reason": "x", **key},
        "family_redeem": {"learner": known["learner"], "code": "x", **key},
        "staff_coupons_new": {
            "name_zh": "券",
            "name_en": "Coupon",
            "product": "",
            "codes": "2",
            "valid_days": "9",
            "last_day": "2099-01-01",
            "limit_per_family": "1",
            "reason": "x",
            **key,
        },
        "staff_campaign_new": {**CAMPAIGN, **key},
        "staff_campaign": {"budget": "20", "last_day": "2099-01-01", "reason": "x", **key},
        "staff_policy": {"value": "2", "first_day": "", "reason": "x", **key},
        "staff_open_course": {"course": "special:3", **key},
        "staff_strategy": {**STRATEGY, **key},
        "staff_lesson_do": {"chosen": known["teacher"], "reason": "x", **key},
    }
    by_name = {page.name: page for page in pages()}
    for name, form in forms.items():
        client.force_login(person_for(name, work))
        url = reverse(name, kwargs=parts_of(by_name[name], known))
        for field in form:
            for odd in ODD:
                answer = client.post(url, {**form, field: odd})
                assert answer.status_code < 500, (url, field, odd)


def test_no_cookie_makes_a_page_fail(client: Client, work: Workplace) -> None:
    client.cookies["sessionid"] = "\0" * 8
    assert client.get("/").status_code == 400


def test_an_undo_made_up_is_refused(client: Client, work: Workplace) -> None:
    teacher = ids.TEACHER.show(work.teacher.pk)
    for name, arguments, field in (
        ("teacher_undo", ["release"], "cells"),
        ("staff_times_undo", [teacher], "at"),
    ):
        client.force_login(person_for(name, work))
        for odd in ODD:
            for query in ({field: odd, "request_key": "once"}, {field: "", "request_key": odd}):
                url = reverse(name, args=arguments, query={"do": "free", **query})
                assert 400 <= client.post(url).status_code < 500, (name, odd)
