"""Texts as ILIKE looks for them."""


def containing(text: str) -> str:
    """Return the pattern of whatever holds a text, whose own signs are taken literally."""
    for sign in "\\%_":
        text = text.replace(sign, f"\\{sign}")
    return f"%{text}%"
