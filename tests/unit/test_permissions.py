"""The one table of what each channel may do."""

import csv
from importlib import resources

import pytest

from yueke.kernel.actor import Actor
from yueke.people import channels
from yueke.people.refusals import ChannelMayNot

SIDES = {"family", "teacher", "staff", "job"}
# What each upstream may do that changes something, in all that is built (mission.md, section 2).
WRITES: dict[str, set[tuple[str, str]]] = {
    "parents-pc": {
        ("book", "major"), ("book", "open"), ("pay", "credit"), ("cancel", "lesson"),
        ("buy", "replay"), ("change", "contact"),
    },
    "parents-h5": {
        ("overbook", "trial"),
        ("start-now", "major"), ("start-now", "level7"), ("start-now", "special"),
        ("book", "major"), ("book", "level7"), ("book", "special"), ("book", "open"),
        ("pay", "credit"), ("pay", "coupon"), ("pay", "stone"), ("cancel", "lesson"),
        ("open", "special"), ("change", "contact"), ("redeem", "coupon"),
        ("choose", "dedicated"), ("priority", "major"), ("priority", "level7"),
    },
    "teachers": {
        ("cancel", "taught"),
        ("release", "slot"), ("release", "student"), ("withdraw", "slot"), ("withdraw", "student"),
        ("target", "student"), ("change", "contact"),
        ("answer", "request"), ("answer", "contract"),
        ("contract", "major"), ("contract", "level7"), ("contract", "allround"),
        ("accept", "major"), ("accept", "level7"), ("accept", "special"),
        ("pay", "credit"), ("pay", "coupon"),
    },
    "international": {("release", "product"), ("withdraw", "product"), ("target", "product")},
    "lp": {
        ("note", "addresses"),
        ("store", "auto-rule"),
        ("book", "major"), ("book", "level7"), ("book", "special"),
        ("pay", "credit"), ("pay", "coupon"), ("cancel", "lesson"), ("target", "student"),
        ("change", "courseware"), ("open", "course"),
        ("request", "major"), ("request", "level7"), ("request", "special"),
        ("take-back", "request"), ("propose", "contract"), ("end", "contract"),
        ("choose", "dedicated"), ("priority", "major"), ("priority", "level7"),
        ("assure", "major"), ("assure", "level7"),
        ("catch-up", "major"), ("catch-up", "level7"), ("catch-up", "allround"),
        ("contract", "major"), ("contract", "level7"), ("contract", "allround"),
    },
    "cc": {
        ("note", "addresses"),
        ("overbook", "trial"), ("rematch", "trial"),
        ("book", "trial"), ("book", "allround"), ("pay", "credit"), ("pay", "coupon"),
        ("cancel", "lesson"), ("fake-cancel", "lesson"), ("swap", "student"),
        ("exchange", "learners"), ("exchange", "lessons"), ("exchange", "teachers:trial"),
        ("change", "teacher:trial"), ("change", "courseware:trial"), ("open", "course"),
    },
    "tmk": {
        ("note", "addresses"),
        ("overbook", "trial"), ("rematch", "trial"),
        ("book", "trial"), ("pay", "credit"), ("pay", "coupon"),
        ("cancel", "lesson"), ("fake-cancel", "lesson"), ("swap", "student"),
        ("exchange", "learners"), ("exchange", "lessons"), ("exchange", "teachers:trial"),
        ("change", "teacher:trial"), ("open", "course"),
    },
    "fireman": {
        ("rematch", "trial"),
        ("force", "major"), ("force", "level7"), ("force", "special"),
        ("pay", "credit"), ("pay", "coupon"),
        ("cancel", "lesson"), ("finish", "lesson"), ("change", "teacher"),
        ("exchange", "lessons"), ("exchange", "teachers"), ("absent", "teacher"),
        ("absent", "learner"),
        ("change", "courseware"), ("release", "slot"), ("withdraw", "slot"),
    },
    "supply": {
        ("change", "strategy"),
        ("change", "policy"), ("dedicated", "major"), ("dedicated", "level7"),
        ("change", "holidays"), ("auto", "major"), ("auto", "level7"),
        ("auto", "special"), ("pay", "credit"), ("pay", "coupon"), ("pay", "stone"),
    },
    "curriculum": {
        ("create", "class"), ("describe", "class"), ("publish", "class"), ("unpublish", "class"),
        ("cancel", "class"),
        ("attend", "class"), ("book", "open"), ("pay", "credit"), ("pay", "coupon"),
        ("cancel", "lesson:open"), ("book", "allround"), ("open", "allround"),
        ("sell", "replay"), ("buy", "replay"), ("refund", "replay"),
    },
    "classroom": {
        ("enter", "room"),
        ("create", "class"), ("describe", "class"), ("publish", "class"), ("attend", "class"),
        ("cancel", "class"),
        ("book", "open"), ("pay", "credit"), ("pay", "coupon"), ("cancel", "lesson:open"),
    },
    "marketing": {
        ("grant", "asset"), ("change", "stones"), ("manage", "campaign"), ("grant", "campaign"),
        ("manage", "coupon"),
    },
    "system": {
        ("note", "addresses"),
        ("enter", "room"),
        ("change", "holidays"),
        ("release", "slot"), ("grant", "asset"), ("import", "families"), ("open", "course"),
        ("change", "policy"), ("change", "stones"), ("manage", "campaign"), ("grant", "campaign"),
        ("manage", "coupon"), ("manage", "webhooks"),
    },
}  # fmt: skip


def table(name: str) -> list[dict[str, str]]:
    """Read one of the room's tables as it stands."""
    text = resources.files("yueke.people").joinpath(name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def test_every_column_of_the_table_is_a_channel_and_every_channel_has_one() -> None:
    columns = list(table("permissions.csv")[0])
    assert columns[:2] == ["command", "of"]
    assert columns[2:] == list(channels.channels())


def test_every_mark_is_an_x_or_nothing() -> None:
    marks = {
        mark
        for row in table("permissions.csv")
        for column, mark in row.items()
        if column not in ("command", "of")
    }
    assert marks == {"x", ""}


def test_no_line_stands_twice() -> None:
    rows = [(row["command"], row["of"]) for row in table("permissions.csv")]
    assert len(rows) == len(set(rows)) == len(channels.permissions())
    codes = [row["channel"] for row in table("channels.csv")]
    assert len(codes) == len(set(codes))


def test_what_is_read_is_what_the_table_says() -> None:
    for row in table("permissions.csv"):
        command, of = row.pop("command"), row.pop("of")
        for channel, mark in row.items():
            assert channels.may(channel, command, of) == (mark == "x"), (channel, command, of)


def test_every_channel_speaks_for_a_known_side_and_has_a_name_in_both_languages() -> None:
    for code, channel in channels.channels().items():
        assert channel.code == code
        assert channels.side(code) in SIDES
        assert channel.name_zh
        assert channel.name_en


@pytest.mark.parametrize(("channel", "writes"), WRITES.items())
def test_an_upstream_changes_what_the_mission_says_and_nothing_else(
    channel: str, writes: set[tuple[str, str]]
) -> None:
    assert WRITES.keys() == channels.channels().keys()
    may = {of for of in channels.permissions() if channels.may(channel, *of) and of[0] != "see"}
    assert may == writes


@pytest.mark.parametrize(
    ("command", "of"),
    [("book", "major"), ("release", "slot"), ("grant", "asset"), ("see", "times")],
)
def test_a_channel_that_is_none_may_nothing(command: str, of: str) -> None:
    assert not channels.may("nobody", command, of)
    assert not channels.may("", command, of)


def test_a_command_outside_the_table_is_refused_to_all() -> None:
    assert not any(channels.may(channel, "book", "moon") for channel in channels.channels())


def test_the_refusal_names_channel_and_command() -> None:
    actor = Actor(1, "user", 1, "cc")
    with pytest.raises(ChannelMayNot) as refused:
        channels.require(actor, "book", "major")
    assert refused.value == ChannelMayNot("cc", "book", "major")


@pytest.mark.parametrize(
    ("actor", "own", "other"),
    [
        (Actor(1, "user", 1, "parents-h5", family_id=7), True, False),
        (Actor(1, "user", 1, "lp"), True, True),
        (Actor(1, "user", 1, "teachers", teacher_id=7), False, False),
    ],
)
def test_who_may_act_for_a_family(actor: Actor, own: bool, other: bool) -> None:
    assert (actor.may_touch_family(7), actor.may_touch_family(8)) == (own, other)


@pytest.mark.parametrize(
    ("actor", "own", "other"),
    [
        (Actor(1, "user", 1, "teachers", teacher_id=7), True, False),
        (Actor(1, "user", 1, "lp"), True, True),
        (Actor(1, "user", 1, "parents-h5", family_id=7), False, False),
    ],
)
def test_who_may_act_for_a_teacher(actor: Actor, own: bool, other: bool) -> None:
    assert (actor.may_touch_teacher(7), actor.may_touch_teacher(8)) == (own, other)
