"""Says what was just done on the next page shown, with a way to undo it."""

from typing import Final, Literal

from django.contrib import messages
from django.http import HttpRequest

Tone = Literal["done", "info", "trouble"]

LEVELS: Final[dict[Tone, int]] = {
    "done": messages.SUCCESS,
    "info": messages.INFO,
    "trouble": messages.ERROR,
}


def say(*, request: HttpRequest, text: str, tone: Tone = "done", undo_url: str = "") -> None:
    """Keep the words for the next page; an undo address gets a POST."""
    # The tags of a message are the one free field that the storage carries.
    messages.add_message(request, LEVELS[tone], text, extra_tags=undo_url)
