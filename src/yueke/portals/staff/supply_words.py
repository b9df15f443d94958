"""What states of requests, contracts and waits are called, and how they are drawn."""

from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yueke.portals.staff.paging import address

REQUESTS: Final = {
    "waiting": (_("waits for the teacher"), "held"),
    "accepted": (_("accepted"), "booked"),
    "rejected": (_("rejected"), "cancelled"),
    "withdrawn": (_("taken back"), "cancelled"),
    "expired": (_("not answered in time"), "trouble"),
}
CONTRACTS: Final = {
    "proposed": (_("proposed"), "held"),
    "active": (_("active"), "booked"),
    "declined": (_("declined"), "trouble"),
    "ended": (_("ended"), "finished"),
}
WAITS: Final = {
    "waiting": (_("waits for a teacher"), "trouble"),
    "matched": (_("has a teacher"), "live"),
    "given_up": (_("given up"), "cancelled"),
    "left": (_("left"), "finished"),
}
States = dict[str, tuple[Any, str]]


def choices(states: States, chosen: str, **kept: str) -> list[dict[str, Any]]:
    """Return the states to choose between, and all of them."""
    words = {"": gettext("All"), **{code: word for code, (word, _) in states.items()}}
    return [
        {
            "label": label,
            "url": address(state=code, **kept) or "?",
            "current": code == chosen,
        }
        for code, label in words.items()
    ]
