"""Pure rules of webhooks: which events an endpoint takes, when a delivery is tried again."""

import ipaddress
import re
from collections.abc import Collection
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

# How long after each failed try the next one is made, in seconds: a day and a half in all.
BACK_OFF_SECONDS: Final = (5, 30, 300, 1800, 7200, 18000, 36000, 72000)
# An endpoint that has answered nothing well for so long is turned off.
FAILING_MAX: Final = timedelta(days=5)
RESTS_SECONDS_MAX: Final = 300
# How long an old secret signs beside the new one, while the subscriber takes that up.
OLD_SECRET_HOLDS: Final = timedelta(hours=24)
URL_LENGTH_MAX: Final = 2000
GONE: Final = 410
_KIND = re.compile(r"[a-z][a-z0-9_]*\.([a-z][a-z0-9_]*|\*)")


def is_kind(text: str) -> bool:
    """Tell whether a text can name a kind of event, such as `lesson.booked`, or a group."""
    return _KIND.fullmatch(text) is not None and len(text) <= 100


def takes(kinds: Collection[str], kind: str) -> bool:
    """Tell whether an endpoint for these kinds takes an event of this kind."""
    return not kinds or kind in kinds or f"{kind.partition('.')[0]}.*" in kinds


def next_try_after(attempts: int) -> timedelta | None:
    """Return how long to wait after so many failed tries; None when that was the last one."""
    if attempts > len(BACK_OFF_SECONDS):
        return None
    return timedelta(seconds=BACK_OFF_SECONDS[attempts - 1])


def rests_for(failures: int) -> timedelta:
    """Return how long an endpoint that doesn't answer is left alone after so many failures."""
    return timedelta(seconds=min(2 ** min(failures, 20), RESTS_SECONDS_MAX))


def is_acceptable_address(url: str, *, may_be_private: bool) -> bool:
    """Tell whether events may go to an address: https and no login; no private host, unless so.

    What a name stands for is looked up at each delivery.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    schemes = {"https", "http"} if may_be_private else {"https"}
    if parts.scheme not in schemes or not host or len(url) > URL_LENGTH_MAX:
        return False
    if "@" in parts.netloc or not url.isascii() or not url.isprintable() or " " in url:
        return False
    return may_be_private or is_public_host(host)


def is_public_host(host: str) -> bool:
    """Tell whether a host is a name, or a number that is not private."""
    try:
        return is_public(host)
    except ValueError:
        return host != "localhost" and not host.endswith((".localhost", ".local", ".internal"))


def is_public(address: str) -> bool:
    """Tell whether an IP address belongs to the open internet."""
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if inner is not None:
            return inner.is_global and not inner.is_multicast
        # NAT64 carries any IPv4 address in its last 32 bits.
        if found in ipaddress.ip_network("64:ff9b::/96"):
            return is_public(str(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)))
    return found.is_global and not found.is_multicast
