"""What families are told of what their channel may not do."""

import pytest
from django.utils import translation

from yueke.people.refusals import ChannelMayNot
from yueke.portals.sentences import sentence


@pytest.mark.parametrize(
    ("channel", "command", "of", "words"),
    [
        ("parents-pc", "redeem", "coupon", "This isn't done on the computer."),
        ("parents-pc", "finish", "lesson", "You can't do this yourself."),
        ("parents-h5", "finish", "lesson", "You can't do this yourself."),
        ("lp", "finish", "lesson", "You can't do this here."),
    ],
)
def test_the_phone_is_named_only_for_what_is_done_there(
    channel: str, command: str, of: str, words: str
) -> None:
    refusal = ChannelMayNot(channel, command, of)
    with translation.override("en"):
        assert sentence(refusal=refusal, zone="Asia/Shanghai").happened == words
