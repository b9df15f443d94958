"""Instants, amounts and small charts, as people read them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from yueke.portals import amounts, charts, moments

LESSON = datetime(2030, 3, 12, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Tue 12 Mar, 19:00"), ("zh-hans", "周二 3月12日 19:00")]
)
def test_a_moment_of_this_year_has_weekday_day_and_time(language: str, words: str) -> None:
    with translation.override(language):
        told = moments.moment_words(instant=LESSON, zone="Asia/Shanghai", this_year=2030)
    assert told == words


def test_a_moment_of_another_year_names_it() -> None:
    with translation.override("en"):
        told = moments.moment_words(instant=LESSON, zone="Asia/Shanghai", this_year=2031)
    assert told == "Tue 12 Mar 2030, 19:00"


def test_a_lesson_is_told_from_its_beginning_to_its_end() -> None:
    until = LESSON + timedelta(minutes=25)
    with translation.override("en"):
        told = moments.moment_words(
            instant=LESSON, zone="Asia/Shanghai", this_year=2030, until=until
        )
    assert told == "Tue 12 Mar, 19:00–19:25"


def test_a_zone_is_named_only_when_it_is_not_the_viewers() -> None:
    with translation.override("en"):
        own = moments.time_element(
            instant=LESSON, zone="Asia/Shanghai", viewer_zone="Asia/Shanghai", this_year=2030
        )
        other = moments.time_element(
            instant=LESSON, zone="America/Toronto", viewer_zone="Asia/Shanghai", this_year=2030
        )
    assert own == '<time datetime="2030-03-12T11:00:00Z">Tue 12 Mar, 19:00</time>'
    assert "Tue 12 Mar, 07:00 Toronto time</time>" in other
    assert 'title="Tue 12 Mar, 19:00 Beijing time"' in other


def test_on_hover_the_other_partys_zone_is_told_right_across_its_change_of_clocks() -> None:
    with translation.override("zh-hans"):
        before = moments.time_element(
            instant=LESSON - timedelta(days=7),
            zone="Asia/Shanghai",
            other_zone="America/Toronto",
            this_year=2030,
        )
        after = moments.time_element(
            instant=LESSON, zone="Asia/Shanghai", other_zone="America/Toronto", this_year=2030
        )
    assert 'title="周二 3月5日 06:00（多伦多时间）"' in before
    assert 'title="周二 3月12日 07:00（多伦多时间）"' in after


@pytest.mark.parametrize(
    ("value", "asset", "english", "chinese"),
    [
        (1, "credit", "1 credit", "1 课时"),
        (14, "credit", "14 credits", "14 课时"),
        (2, "coupon", "2 coupons", "2 张券"),
        (-1200, "stone", "\N{MINUS SIGN}1,200 energy stones", "\N{MINUS SIGN}1,200 能量石"),
    ],
)
def test_an_amount_has_its_unit(value: int, asset: str, english: str, chinese: str) -> None:
    with translation.override("en"):
        assert amounts.amount_words(value=value, asset=asset) == english
    with translation.override("zh-hans"):
        assert amounts.amount_words(value=value, asset=asset) == chinese


def test_where_changes_are_listed_a_gain_has_its_plus() -> None:
    assert amounts.number_words(value=1, signed=True) == "+1"
    assert amounts.number_words(value=0, signed=True) == "0"


def test_a_bar_is_empty_only_when_nobody_is_free() -> None:
    levels = [charts.bar_level(count=count, largest=214) for count in (0, 1, 107, 214)]
    assert levels == [0, 1, 5, 10]


def test_a_sparkline_spreads_its_values_from_edge_to_edge() -> None:
    points = charts.sparkline_points(values=[1, 3, 2], width=10, height=4)
    assert points == ["0.0,4.0", "5.0,0.0", "10.0,2.0"]
    assert charts.sparkline_points(values=[7], width=10, height=4) == []
