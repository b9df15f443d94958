"""Credits, coupons and energy stones in words."""

from collections.abc import Callable, Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from yueke.wallet.models import Account

MINUS: Final = "\N{MINUS SIGN}"

UNITS: Final[dict[str, Callable[[int], str]]] = {
    Account.Asset.CREDIT: lambda count: ngettext("credit", "credits", count),
    Account.Asset.COUPON: lambda count: ngettext("coupon", "coupons", count),
    Account.Asset.STONE: lambda count: ngettext("energy stone", "energy stones", count),
}

# What each is called where no number stands beside it.
NAMES: Final[Mapping[str, Promise]] = {
    Account.Asset.CREDIT: pgettext_lazy("an asset", "credits"),
    Account.Asset.COUPON: pgettext_lazy("an asset", "coupons"),
    Account.Asset.STONE: pgettext_lazy("an asset", "energy stones"),
}


def number_words(*, value: int, signed: bool = False) -> str:
    """Return the number, with a real minus, and with a plus where changes are listed."""
    sign = MINUS if value < 0 else "+" if signed and value > 0 else ""
    return f"{sign}{abs(value):,}"


def amount_words(*, value: int, asset: str) -> str:
    """Return "3 credits"."""
    words = {"number": number_words(value=value), "unit": UNITS[asset](abs(value))}
    return pgettext("an amount", "%(number)s %(unit)s") % words
