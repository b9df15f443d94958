"""Campaigns in the words of a person: their names, causes and states."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy

from yueke.wallet.campaigns.causes import causes
from yueke.wallet.campaigns.models import Campaign

# The shape of a chip, and its word.
STATES: Final[dict[str, tuple[str, Promise]]] = {
    "to_come": ("held", pgettext_lazy("a campaign", "To come")),
    "running": ("live", pgettext_lazy("a campaign", "Running")),
    "spent": ("trouble", pgettext_lazy("a campaign", "Budget given out")),
    "over": ("finished", pgettext_lazy("a campaign", "Over")),
}


def campaign_name(*, campaign: Campaign) -> str:
    """Return what a campaign is called."""
    return campaign.name_zh if _chinese() else campaign.name_en


def cause_name(*, cause: str) -> str:
    """Return what stones are earned for."""
    row = causes()[cause]
    return row.name_zh if _chinese() else row.name_en


def _chinese() -> bool:
    return (get_language() or "").startswith("zh")
