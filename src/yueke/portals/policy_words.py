"""Policies and their values in the words of a person."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext, pgettext_lazy

from yueke.people.policies import Policy
from yueke.portals import moments

UNITS: Final[Mapping[str, Callable[[int], str]]] = {
    "hours": lambda count: ngettext("%(number)s hour", "%(number)s hours", count),
    "minutes": lambda count: ngettext("%(number)s minute", "%(number)s minutes", count),
    "days": lambda count: ngettext("%(number)s day", "%(number)s days", count),
    "weeks": lambda count: ngettext("%(number)s week", "%(number)s weeks", count),
    "lessons": lambda count: ngettext("%(number)s lesson", "%(number)s lessons", count),
    "clock": lambda count: gettext("%(number)s:00"),
    "stones": lambda count: ngettext("%(number)s stone", "%(number)s stones", count),
}
CHOICES: Final[Mapping[str, Promise]] = {
    "spent": pgettext_lazy("what was paid", "Stays spent"),
    "refunded": pgettext_lazy("what was paid", "Comes back"),
    "paid": pgettext_lazy("a teacher's lesson", "Is paid"),
    "unpaid": pgettext_lazy("a teacher's lesson", "Isn't paid"),
    "coupon": pgettext_lazy("what makes up for it", "A coupon"),
    "none": pgettext_lazy("what makes up for it", "Nothing"),
}
COUNTS: Final[Mapping[str, Promise]] = {
    "booking": pgettext_lazy("a policy holds", "for what is booked from then on"),
    "start": pgettext_lazy("a policy holds", "for lessons that start from then on"),
    "now": pgettext_lazy("a policy holds", "for whatever is done from then on"),
}


def policy_name(*, policy: Policy) -> str:
    """Return what a policy is called."""
    return policy.name_zh if _chinese() else policy.name_en


def policy_says(*, policy: Policy) -> str:
    """Return what a policy decides, in a sentence."""
    return policy.says_zh if _chinese() else policy.says_en


def value_words(*, policy: Policy, value: str, zone: str = "UTC") -> str:
    """Return a value as a person says it: "24 hours"."""
    if policy.kind == "number":
        return UNITS[policy.unit](int(value)) % {"number": f"{int(value):,}"}
    if policy.kind == "choice":
        return str(CHOICES[value])
    if not value:
        return gettext("Not set")
    words = moments.moment_words(instant=datetime.fromisoformat(value), zone=zone, this_year=0)
    return moments.in_zone(words=words, zone=zone)


def _chinese() -> bool:
    return (get_language() or "").startswith("zh")
