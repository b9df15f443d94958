"""Whether a replay may be sold, bought, or given back."""

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlsplit

from yueke.booking.classes.refusals import (
    ClassNotOver,
    ReplayAddressInvalid,
    ReplayPriceInvalid,
)
from yueke.booking.classes.rules.facts import LockedClass
from yueke.wallet.models import Account

_PRICE_MAX = 1_000_000
_ADDRESS_LENGTH_MAX = 2000


def check_offer(found: LockedClass, address: str, prices: Mapping[str, int], now: datetime) -> None:
    """Refuse a sale (class_not_over, replay_address_invalid, replay_price_invalid)."""
    if now < found.ends_at:
        raise ClassNotOver(found.id)
    if not _is_address(address):
        raise ReplayAddressInvalid
    known = all(asset in Account.Asset.values for asset in prices)
    if not prices or not known or not all(0 < amount <= _PRICE_MAX for amount in prices.values()):
        raise ReplayPriceInvalid


def _is_address(text: str) -> bool:
    if len(text) > _ADDRESS_LENGTH_MAX or not text.isascii() or not text.isprintable():
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and " " not in text
