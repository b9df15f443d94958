"""What a change made of a class, for the log: as it was and as it is."""

import html
import re
from typing import Final

import nh3

from yueke.booking.classes.orders import Texts

# Of a description the log keeps what is around the first difference.
EXCERPT_LENGTH: Final = 100
_BEFORE: Final = 20
_BLOCK: Final = re.compile(r"</?(?:p|br|h3|ul|ol|li|blockquote)\b")


def differences(
    *, was: Texts, now: Texts, seats_were: int, seats: int
) -> dict[str, dict[str, str | int]]:
    """Return what differs, under `was` and `is`: titles, excerpts of descriptions, seats."""
    pairs: dict[str, tuple[str, str] | tuple[int, int]] = {
        "title_zh": (was.title_zh, now.title_zh),
        "title_en": (was.title_en, now.title_en),
        "capacity": (seats_were, seats),
    }
    changed = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    for name, old, new in (
        ("about_zh", was.about_zh, now.about_zh),
        ("about_en", was.about_en, now.about_en),
    ):
        if old != new:
            changed[name] = _excerpts(_plain(old), _plain(new))
    return {
        "was": {name: old for name, (old, _) in changed.items()},
        "is": {name: new for name, (_, new) in changed.items()},
    }


def _plain(text: str) -> str:
    spaced = _BLOCK.sub(r" \g<0>", text)
    return " ".join(html.unescape(nh3.clean(spaced, tags=set())).split())


def _excerpts(old: str, new: str) -> tuple[str, str]:
    """Return both around their first difference; alike where only the marks of them differ."""
    shorter = min(len(old), len(new))
    first = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    begin = max(0, first - _BEFORE)
    return _excerpt(old, begin), _excerpt(new, begin)


def _excerpt(text: str, begin: int) -> str:
    end = begin + EXCERPT_LENGTH
    return ("…" if begin else "") + text[begin:end] + ("…" if text[end:] else "")
