"""Codes as they are printed: three groups of four signs that nobody takes for another."""

import secrets

_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
LENGTH = 12
_GROUP = 4


def new_code() -> str:
    """Return a code of 60 random bits."""
    return "".join(secrets.choice(_SIGNS) for _ in range(LENGTH))


def shown(code: str) -> str:
    """Return a code in groups: `ABCD-EFGH-2345`."""
    return "-".join(code[at : at + _GROUP] for at in range(0, LENGTH, _GROUP))


def read(text: str) -> str:
    """Return a code however it was typed."""
    return "".join(sign for sign in text.upper() if sign in _SIGNS)
