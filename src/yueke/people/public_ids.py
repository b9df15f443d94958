"""Ids as other systems and addresses of pages show them; one scrambler a kind of row."""

from functools import cache

from django.conf import settings

from yueke.kernel.opaque import Opaque


@cache
def opaque(prefix: str) -> Opaque:
    """Return the scrambler of a kind: `lrn`, `tch`, `fam`, `lsn`, `st`, `lot`, `ev`, `cur`…"""
    return Opaque(prefix, settings.SECRET_KEY)


def show(prefix: str, number: int) -> str:
    """Return the public id of a row."""
    return opaque(prefix).show(number)


def read(prefix: str, text: str) -> int | None:
    """Return the row behind a public id, or None when it is none of this kind."""
    return opaque(prefix).read(text)
