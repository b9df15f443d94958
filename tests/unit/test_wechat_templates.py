"""Templates of WeChat: our words under their names, no longer than they take."""

from datetime import UTC, datetime

import pytest

from yueke.reminders.templates import fitting, kind_of, read
from yueke.reminders.wording import time_of_template


@pytest.mark.parametrize(
    ("place", "text", "stands"),
    [
        ("thing1", "主修课", "主修课"),
        ("thing12", "字" * 21, "字" * 19 + "…"),
        ("thing1", "two\nlines  of it", "two lines of it"),
        ("thing1", "", "-"),
        ("name3", "欧阳娜娜欧阳娜娜欧阳娜娜", "欧阳娜娜欧阳娜娜欧阳"),
        ("name3", "Alexandra Maria Theodora", "Alexandra Maria Theo"),
        ("phrase5", "课程已取消了", "课程已取消"),
        ("character_string19", "x" * 40, "x" * 32),
        ("time2", "2026年3月12日 19:00", "2026年3月12日 19:00"),
    ],
)
def test_each_place_takes_what_its_kind_allows(place: str, text: str, stands: str) -> None:
    assert fitting(place, text) == stands


def test_the_kind_of_a_place_is_its_name_without_the_number() -> None:
    kinds = [kind_of(place) for place in ("thing1", "character_string19", "number01", "remark")]
    assert kinds == ["thing", "character_string", "number", "remark"]


def test_places_of_time_get_the_time_as_wechat_writes_it() -> None:
    data = {"time1": "%(time)s", "thing2": "%(learner)s %(time)s"}
    template = read({"soon": {"id": "T", "data": data}})["soon"]
    words = {"learner": "乐乐", "time": "周四 19:00"}
    filled = template.filled(words=words, times={"time": "2026年3月12日 19:00"})
    assert filled == {"time1": "2026年3月12日 19:00", "thing2": "乐乐 周四 19:00"}
    noon = datetime(2026, 3, 12, 11, 0, tzinfo=UTC)
    assert time_of_template(at=noon, zone="Asia/Shanghai") == "2026年3月12日 19:00"


@pytest.mark.parametrize(
    "one",
    [
        "TEMPLATE",
        {"id": "T"},
        {"id": "T", "data": {"thing1": "%(lerner)s"}},
        {"id": "T", "data": {"time1": "%(learner)s"}},
        {"id": "T", "data": {"thing1": "100 %"}},
    ],
)
def test_a_setting_that_is_wrong_is_named(one: object) -> None:
    with pytest.raises(ValueError, match="YUEKE_WECHAT_TEMPLATES, soon"):
        read({"soon": one})
