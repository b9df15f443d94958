"""The channels, and the one table of what each may do: `channels.csv` and `permissions.csv`."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

from yueke.kernel.actor import Actor
from yueke.people.refusals import ChannelMayNot


@dataclass(frozen=True)
class Channel:
    """One upstream. `side` says for whom it speaks: family, teacher, staff or job."""

    code: str
    side: str
    name_zh: str
    name_en: str


@cache
def channels() -> dict[str, Channel]:
    """Return every channel by code."""
    return {row["channel"]: Channel(*row.values()) for row in _rows("channels.csv")}


@cache
def permissions() -> dict[tuple[str, str], frozenset[str]]:
    """Return, for each command and what it is done to, the channels that may."""
    return {
        (row.pop("command"), row.pop("of")): frozenset(c for c, mark in row.items() if mark)
        for row in _rows("permissions.csv")
    }


def may(channel: str, command: str, of: str) -> bool:
    """Tell whether a channel may give a command."""
    return channel in permissions().get((command, of), frozenset())


def require(actor: Actor, command: str, of: str) -> None:
    """Refuse (`channel_may_not`) a command outside the actor's channel."""
    if not may(actor.channel, command, of):
        raise ChannelMayNot(actor.channel, command, of)


def may_for(channel: str, command: str, of: str, product: str) -> bool:
    """Tell whether a channel may give a command for every product, or for this one."""
    return may(channel, command, of) or may(channel, command, f"{of}:{product}")


def require_for(actor: Actor, command: str, of: str, product: str) -> None:
    """Refuse (`channel_may_not`) who may neither for every product nor for this one.

    A line for one product alone writes it behind a colon: `courseware:trial`.
    """
    if not may_for(actor.channel, command, of, product):
        raise ChannelMayNot(actor.channel, command, of)


def require_for_some(actor: Actor, command: str, of: str) -> None:
    """Refuse (`channel_may_not`) who may for no product at all, before any is looked up."""
    lines = (line for given, line in permissions() if given == command)
    if not any(may(actor.channel, command, line) for line in lines if line.split(":")[0] == of):
        raise ChannelMayNot(actor.channel, command, of)


def side(channel: str) -> str:
    """Return for whom a channel speaks: family, teacher, staff or job."""
    return channels()[channel].side


def _rows(name: str) -> list[dict[str, str]]:
    text = resources.files(__package__).joinpath(name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))
