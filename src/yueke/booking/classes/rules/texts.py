"""What of a description is kept: text, simple marks of it, and links."""

from typing import Final

import nh3

from yueke.booking.classes.orders import Texts
from yueke.booking.classes.refusals import TextTooLong

TITLE_LENGTH_MAX: Final = 80
ABOUT_LENGTH_MAX: Final = 20_000
_TAGS: Final = {"p", "br", "strong", "b", "em", "i", "h3", "ul", "ol", "li", "blockquote", "a"}
_SCHEMES: Final = {"http", "https", "mailto"}


def cleaned(texts: Texts) -> Texts:
    """Return texts without what could do harm in a page, or refuse (text_too_long)."""
    for title in (texts.title_zh, texts.title_en):
        _check_length(title, TITLE_LENGTH_MAX)
    for about in (texts.about_zh, texts.about_en):
        _check_length(about, ABOUT_LENGTH_MAX)
    return Texts(
        texts.title_zh.strip(),
        texts.title_en.strip(),
        _harmless(texts.about_zh),
        _harmless(texts.about_en),
    )


def _harmless(html: str) -> str:
    links = {"a": {"href"}}
    return nh3.clean(html, tags=_TAGS, attributes=links, url_schemes=_SCHEMES).strip()


def _check_length(text: str, most: int) -> None:
    if len(text) > most:
        raise TextTooLong(most)
