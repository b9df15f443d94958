"""The words of the states; their shapes stand in icons.svg, their colours in chip.css."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy as _p

WORDS: Final[dict[str, Promise]] = {
    "open": _p("state", "Free"),
    "held": _p("state", "On hold"),
    "booked": _p("state", "Booked"),
    "live": _p("state", "On now"),
    "finished": _p("state", "Finished"),
    "cancelled": _p("state", "Cancelled"),
    "trouble": _p("state", "Needs a look"),
}
