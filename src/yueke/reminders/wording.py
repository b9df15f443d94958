"""What a message says: `texts.csv`, a row for each thing to tell and language."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Final
from zoneinfo import ZoneInfo

_WEEKDAYS: Final = {
    "zh-hans": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_MONTHS: Final = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip


@dataclass(frozen=True)
class Text:
    """The subject and the text of a message, with places for words."""

    subject: str
    text: str

    def filled(self, words: Mapping[str, str]) -> "Text":
        """Return both with the words in their places."""
        return Text(self.subject % words, self.text % words)


@cache
def texts() -> dict[tuple[str, str], Text]:
    """Return every text by what it is about and language."""
    table = resources.files(__package__).joinpath("texts.csv").read_text("utf-8")
    return {
        (row["about"], row["language"]): Text(row["subject"], row["text"])
        for row in csv.DictReader(table.splitlines())
    }


def language_of(language: str) -> str:
    """Return the one of our languages that is nearest to a person's."""
    return "zh-hans" if language.startswith("zh") else "en"


def learners(*, count: int, language: str) -> str:
    """Return "3 learners", or "3位学员"."""
    if language == "en":
        return f"{count} learner" if count == 1 else f"{count} learners"
    return f"{count}位学员"


def time_words(*, at: datetime, zone: str, language: str) -> str:
    """Return "Tue 12 Mar, 19:00 (America/Toronto)", or "3月12日 周二 19:00"."""
    local = at.astimezone(ZoneInfo(zone))
    day = _WEEKDAYS[language][local.weekday()]
    if language == "en":
        return f"{day} {local.day} {_MONTHS[local.month - 1]}, {local:%H:%M} ({zone})"
    return f"{local.month}月{local.day}日 {day} {local:%H:%M}" + (
        "" if zone == "Asia/Shanghai" else f"（{zone}）"
    )


def time_of_template(*, at: datetime, zone: str) -> str:
    """Return "2026年3月12日 19:00", as places for time in templates of WeChat want it."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"
