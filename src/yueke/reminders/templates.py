"""Templates of a WeChat account: our words under the names that the template has for them.

WeChat tells by the name of a place, `thing1` or `time2`, what may stand there and how much of it;
a message that breaks that is refused as a whole.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

# How many characters each kind of place takes.
LONGEST: Final = {
    "thing": 20,
    "const": 20,
    "character_string": 32,
    "letter": 32,
    "number": 32,
    "symbol": 5,
    "phrase": 5,
    "phone_number": 17,
    "car_number": 8,
}
# Names with Chinese characters, and those without.
NAME_LONGEST: Final = (10, 20)
_TIMES: Final = {"time", "date"}
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_PLACE: Final = re.compile(r"([a-z_]+?)_?\d+")
_TIME_WORDS: Final = dict.fromkeys(("time", "until"), "")
_WORDS: Final = {**_TIME_WORDS, **dict.fromkeys(("learner", "teacher", "lesson"), "")}
# A place must not be empty.
_NOTHING: Final = "-"


@dataclass(frozen=True, slots=True)
class Template:
    """A template's id, and for each of its places a text with places for our words."""

    id: str
    places: Mapping[str, str]

    def filled(self, *, words: Mapping[str, str], times: Mapping[str, str]) -> dict[str, str]:
        """Return what stands in each place; `times` are the words for places of time and date."""
        return {
            place: fitting(place, text % (times if kind_of(place) in _TIMES else words))
            for place, text in self.places.items()
        }


def read(setting: Mapping[str, Any]) -> dict[str, Template]:
    """Return templates by what they say, or raise ValueError, which names the one that is wrong.

    The setting is `{"soon": {"id": "…", "data": {"thing1": "%(lesson)s", "time2": "%(time)s"}}}`.
    """
    found: dict[str, Template] = {}
    for about, one in setting.items():
        try:
            found[about] = Template(one["id"], dict(one["data"]))
            found[about].filled(words=_WORDS, times=_TIME_WORDS)
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"YUEKE_WECHAT_TEMPLATES, {about}: {error!r}") from error
    return found


def kind_of(place: str) -> str:
    """Return which kind of place a name is: `thing` of `thing1`."""
    found = _PLACE.fullmatch(place)
    return found[1] if found else place


def fitting(place: str, text: str) -> str:
    """Return as much of a text as a place takes, on one line."""
    line = " ".join(text.split()) or _NOTHING
    kind = kind_of(place)
    longest = NAME_LONGEST[not _HAN.search(line)] if kind == "name" else LONGEST.get(kind)
    if longest is None or len(line) <= longest:
        return line
    return f"{line[: longest - 1]}…" if kind == "thing" else line[:longest]
