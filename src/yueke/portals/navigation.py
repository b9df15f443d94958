"""Where each kind of person starts, and the ways through their pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from yueke.people import channels


@dataclass(frozen=True)
class Way:
    """One entry of the navigation. `see`: what a channel must be allowed to see to be led there.

    `channel`: whose alone it is.
    """

    label: str | Promise
    name: str
    icon: str
    see: str = ""
    channel: str = ""


HOMES: Final[dict[str, str]] = {
    "family": "family_home",
    "teacher": "teacher_week",
    "staff": "staff_console",
}

WAYS: Final[dict[str, tuple[Way, ...]]] = {
    "family": (
        Way(pgettext_lazy("navigation", "Home"), "family_home", "home"),
        Way(pgettext_lazy("navigation", "Book"), "family_book", "calendar"),
        Way(pgettext_lazy("navigation", "Lessons"), "family_lessons", "lessons"),
        Way(pgettext_lazy("navigation", "Open classes"), "family_classes", "star"),
        Way(pgettext_lazy("navigation", "Wallet"), "family_wallet", "wallet"),
    ),
    "teacher": (
        Way(pgettext_lazy("navigation", "My week"), "teacher_week", "calendar"),
        Way(pgettext_lazy("navigation", "Lessons"), "teacher_lessons", "lessons"),
        Way(pgettext_lazy("navigation", "Inbox"), "teacher_inbox", "info"),
        Way(pgettext_lazy("navigation", "Calendar"), "teacher_calendar", "link"),
    ),
    "staff": (
        Way(pgettext_lazy("navigation", "Find"), "staff_console", "search"),
        Way(pgettext_lazy("navigation", "My learners"), "staff_mine", "person", channel="lp"),
        Way(pgettext_lazy("navigation", "Learners"), "staff_learners", "people", "learners"),
        Way(pgettext_lazy("navigation", "Teachers"), "staff_teachers", "teacher", "teachers"),
        Way(pgettext_lazy("navigation", "Lessons"), "staff_lessons", "lessons", "lessons"),
        Way(pgettext_lazy("navigation", "Open classes"), "staff_classes", "star", "classes"),
        Way(pgettext_lazy("navigation", "Auto-booking"), "staff_auto_runs", "repeat", "auto-runs"),
        Way(pgettext_lazy("navigation", "Requests"), "staff_requests", "info", "requests"),
        Way(pgettext_lazy("navigation", "Contracts"), "staff_contracts", "shield", "contracts"),
        Way(pgettext_lazy("navigation", "Assured"), "staff_assured", "star", channel="lp"),
        Way(pgettext_lazy("navigation", "At the door"), "staff_waits", "people", "waits"),
        Way(pgettext_lazy("navigation", "Supply"), "staff_supply", "calendar", "supply"),
        Way(pgettext_lazy("navigation", "Overbooking"), "staff_overbooking", "plus", "overbooking"),
        Way(pgettext_lazy("navigation", "Timers"), "staff_timers", "info", "timers"),
        Way(pgettext_lazy("navigation", "Policies"), "staff_policies", "shield", "policies"),
        Way(pgettext_lazy("navigation", "Campaigns"), "staff_campaigns", "stone", "campaigns"),
        Way(pgettext_lazy("navigation", "Messages"), "staff_messages", "info", "messages"),
        Way(pgettext_lazy("navigation", "Webhooks"), "staff_webhooks", "link", "webhooks"),
        Way(pgettext_lazy("navigation", "Coupon codes"), "staff_coupons", "coupon", "coupons"),
    ),
}


@dataclass(frozen=True)
class Item:
    """An entry as it is drawn on one page."""

    label: str
    url: str
    icon: str
    current: bool = False
    count: int = 0


def items(
    *, kind: str, path: str, channel: str = "", counts: Mapping[str, int] | None = None
) -> list[Item]:
    """Return one kind of person's entries; the one that the path begins with is current.

    `counts`: by the name of an entry, how much waits there.
    """
    found = [
        (way, reverse(way.name))
        for way in WAYS[kind]
        if (not way.see or channels.may(channel, "see", way.see)) and way.channel in ("", channel)
    ]
    nearest = max((url for _, url in found if path.startswith(url)), key=len, default=None)
    return [
        Item(
            label=str(way.label),
            url=url,
            icon=way.icon,
            current=url == nearest,
            count=(counts or {}).get(way.name, 0),
        )
        for way, url in found
    ]
