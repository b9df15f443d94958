"""A half-hour of the heat map, drawn in one piece: a page has 336 of them."""

from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from yueke.portals import charts
from yueke.portals.stamps import show_stamp
from yueke.supply.board.queries import Cell

_WORDS: Final = _(
    "open %(open)s, held %(held)s, booked %(booked)s, requested %(asked)s, without a teacher %(no)s"
)
_EMPTY: Final = SafeString('<span class="heat-cell" data-empty>·</span>')
_MISSING: Final = SafeString(" data-missing")


def heat_cell(*, at: datetime, cell: Cell | None) -> SafeString:
    """Return the link to what lies behind a half-hour, or a dot where there is nothing.

    Its colour says how much of what is offered is booked or held.
    """
    if cell is None:
        return _EMPTY
    used = cell.held + cell.booked
    missing = cell.missing_in_all
    url = reverse("staff_supply_cell", args=[show_stamp(at)])
    return format_html(
        '<a class="heat-cell heat-{}" href="{}" hx-get="{}" hx-target="#sheet-content"{}'
        ' title="{}">{}/{}</a>',
        charts.bar_level(count=used, largest=cell.open + used),
        url,
        url,
        _MISSING if missing or cell.requested else "",
        _WORDS
        % {
            "open": cell.open,
            "held": cell.held,
            "booked": cell.booked,
            "asked": cell.requested,
            "no": missing,
        },
        cell.booked,
        cell.open,
    )
