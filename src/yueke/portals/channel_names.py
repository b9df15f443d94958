"""The names of channels, in the language of the moment."""

from django.utils.translation import get_language

from yueke.people import channels


def channel_name(*, code: str) -> str:
    """Return the name of a channel; one that is no longer in the table stands by its code."""
    channel = channels.channels().get(code)
    if channel is None:
        return code
    return channel.name_zh if (get_language() or "").startswith("zh") else channel.name_en
