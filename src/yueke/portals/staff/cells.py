"""One half-hour of a teacher as the grids draw it."""

from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext

from yueke.inventory.models import Slot
from yueke.portals import moments, states
from yueke.portals.staff.desk import Desk
from yueke.portals.staff.targets import Names, kept_words
from yueke.portals.staff.week_rows import Cell
from yueke.portals.stamps import show_stamp

# Kept half-hours have a shape of their own.
ICONS: Final = {"student": "person", "product": "lessons"}


def slot_cell(*, slot: Slot, teacher: str, desk: Desk, names: Names) -> Cell:
    """Return an offered half-hour, which leads to what happened to it."""
    words = [_when(slot.starts_at, desk), str(states.WORDS[slot.state])]
    if kept := kept_words(slot=slot, names=names):
        words.append(kept)
    is_kept = slot.state == Slot.State.OPEN and slot.target_kind
    return {
        "state": slot.state,
        "icon": ICONS[slot.target_kind] if is_kept and slot.target_kind else slot.state,
        "label": " · ".join(words),
        "url": reverse("staff_slot", args=[teacher, show_stamp(slot.starts_at)]),
    }


def empty_cell(*, start: datetime, desk: Desk) -> Cell:
    """Return a half-hour that isn't offered."""
    label = f"{_when(start, desk)} · {gettext('Not offered now')}"
    return {"state": "none", "icon": "", "label": label}


def _when(start: datetime, desk: Desk) -> str:
    return moments.moment_words(instant=start, zone=desk.zone, this_year=desk.caller.now.year)
