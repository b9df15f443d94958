"""How Chinese names are typed, for staff who search by typing."""

from pypinyin import lazy_pinyin

# Characters that sound otherwise as a surname.
_SURNAMES = {
    "单": "shan",
    "解": "xie",
    "查": "zha",
    "仇": "qiu",
    "曾": "zeng",
    "翟": "zhai",
    "朴": "piao",
    "区": "ou",
    "盖": "ge",
    "缪": "miao",
    "覃": "qin",
    "乐": "yue",
    "种": "chong",
    "员": "yun",
}


def typed(name: str) -> str:
    """Return the whole and the initials, `wangxiaoming wxm`; '' for a name that is not Chinese."""
    sounds = lazy_pinyin(name, errors="ignore")
    if name[0] in _SURNAMES:
        sounds[0] = _SURNAMES[name[0]]
    return f"{''.join(sounds)} {''.join(sound[0] for sound in sounds)}".strip()
