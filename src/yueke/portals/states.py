"""The words of the states; their shapes stand in icons.svg, their colours in chip.css."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

WORDS: Final[dict[str, Promise]] = {
    "open": pgettext_lazy("state", "Free"),
    "held": pgettext_lazy("state", "On hold"),
    "booked": pgettext_lazy("state", "Booked"),
    "live": pgettext_lazy("state", "On now"),
    "finished": pgettext_lazy("state", "Finished"),
    "cancelled": pgettext_lazy("state", "Cancelled"),
    "trouble": pgettext_lazy("state", "Needs a look"),
}
