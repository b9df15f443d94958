"""What is wrong with a sheet of families is told by row and column."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from yueke.cli.cannot_run import CannotRun
from yueke.cli.imports import families_sheet, sheet
from yueke.cli.imports.families_sheet import FamilyRow
from yueke.cli.imports.problems import Problem

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
COURSES = {"major": {3: 31, 4: 41}, "special": {1: 12}}
HEADING = "family,phone,learner,english_name,product,level,credits,credits_expire"
LONG = "王" * 100_000
GOOD = "王丽华,14000000001,王小明,Tom,major,3,20,2027-03-31"


def check(path: Path) -> tuple[list[FamilyRow], list[Problem]]:
    return families_sheet.check(
        sheet.read(path), courses=COURSES, zone=ZoneInfo("Asia/Shanghai"), now=NOW
    )


def check_lines(folder: Path, *lines: str) -> tuple[list[FamilyRow], list[Problem]]:
    path = folder / "families.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return check(path)


def test_it_works(tmp_path: Path) -> None:
    [row], problems = check_lines(tmp_path, HEADING, GOOD)
    assert problems == []
    assert (row.number, row.family, row.phone, row.learner) == (
        2,
        "王丽华",
        "14000000001",
        "王小明",
    )
    assert (row.english_name, row.product, row.level, row.credits) == ("Tom", "major", 3, 20)
    # The last day is a whole one in the market's zone.
    assert row.expires_at == datetime(2027, 3, 31, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("learner", "typed"),
    [
        ("王小明", "wangxiaoming wxm"),
        # Read in another way as a surname.
        ("曾国藩", "zengguofan zgf"),
        ("单晓", "shanxiao sx"),
        ("欧阳娜娜", "ouyangnana oynn"),
        ("陈小雨 Amy", "chenxiaoyu cxy"),
        ("Tom", ""),
    ],
)
def test_a_name_without_pinyin_is_typed_as_it_sounds(
    tmp_path: Path, learner: str, typed: str
) -> None:
    lines = ["family,phone,learner,pinyin", f"王家,14000000001,{learner},"]
    [row], _ = check_lines(tmp_path, *lines)
    assert row.pinyin == typed
    [row], _ = check_lines(tmp_path, lines[0], f"{lines[1]}said otherwise")
    assert row.pinyin == "said otherwise"


@pytest.mark.parametrize(
    "phone", ["１４００００００００１", "＋８６ 140 0000 0001", "0086（140）0000－0001"]
)
def test_a_phone_is_the_same_however_it_is_typed(tmp_path: Path, phone: str) -> None:
    [row], problems = check_lines(tmp_path, HEADING, GOOD.replace("14000000001", phone))
    assert (row.phone, problems) == ("14000000001", [])


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (",14000000001,王小明,,,,,", "family"),
        ("王家,,王小明,,,,,", "phone"),
        (f"{LONG},14000000001,王小明,,,,,", "family"),
        (f"王家,14000000001,{LONG},,,,,", "learner"),
        (f"王家,14000000001,王小明,{LONG},,,,", "english_name"),
        ("王家,no phone,王小明,,,,,", "phone"),
        ("王家,١٤٠٠٠٠٠٠٠٠١,王小明,,,,,", "phone"),
        ("王家,14000000001,,,,,,", "learner"),
        ("王家,14000000001,王小明,,majr,3,,", "product"),
        ("王家,14000000001,王小明,,,3,,", "product"),
        ("王家,14000000001,王小明,,major,,,", "level"),
        ("王家,14000000001,王小明,,major,9,,", "level"),
        ("王家,14000000001,王小明,,major,three,,", "level"),
        ("王家,14000000001,王小明,,major,3,0,", "credits"),
        ("王家,14000000001,王小明,,major,3,2.5,", "credits"),
        ("王家,14000000001,王小明,,major,3,,2027-03-31", "credits"),
        ("王家,14000000001,王小明,,major,3,20,2027-02-30", "credits_expire"),
        ("王家,14000000001,王小明,,major,3,20,soon", "credits_expire"),
        ("王家,14000000001,王小明,,major,3,20,2026-11-19", "credits_expire"),
        ("王家,14000000001,王小明,,major,3,20,2027-03-31,more", ""),
    ],
)
def test_a_bad_row_is_told_and_the_others_are_good(tmp_path: Path, line: str, column: str) -> None:
    good, [problem] = check_lines(tmp_path, HEADING, GOOD.replace("0001", "0009"), "", line)
    assert [row.number for row in good] == [2]
    assert (problem.row, problem.column) == (4, column)
    assert problem.says.endswith(".")


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (GOOD, "learner"),
        (GOOD.replace("王丽华", "李家"), "phone"),
        (GOOD.replace("major,3,20", "major,4,7"), "level"),
        (GOOD.replace("14000000001", "+86 140-0000-0001"), "learner"),
    ],
)
def test_a_row_that_contradicts_or_repeats_another_is_told(
    tmp_path: Path, line: str, column: str
) -> None:
    good, [problem] = check_lines(tmp_path, HEADING, GOOD, line)
    assert [row.number for row in good] == [2]
    assert (problem.row, problem.column) == (3, column)


@pytest.mark.parametrize(
    ("first", "second", "wrong"),
    [
        ("wang@example.com,oWx-openid_1", ",", set()),
        ("wang@example.com,", "other@example.com,", {(3, "email")}),
        (",oWx-openid_1", ",oWx-openid_2", {(3, "wechat")}),
        ("wang at example.com,", ",张三的微信", {(2, "email"), (3, "wechat")}),
    ],
)
def test_addresses_of_a_family_are_read_and_compared(
    tmp_path: Path, first: str, second: str, wrong: set[tuple[int, str]]
) -> None:
    heading = "family,phone,learner,email,wechat"
    lines = [f"王家,14000000001,{name},{said}" for name, said in (("甲", first), ("乙", second))]
    _, problems = check_lines(tmp_path, heading, *lines)
    assert {(problem.row, problem.column) for problem in problems} == wrong


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        (HEADING.replace("phone", "fone"), "phone"),
        (HEADING.replace("credits,", "credit,"), "credit"),
        (HEADING.replace("english_name", "learner"), "learner"),
    ],
)
def test_a_bad_heading_makes_no_row_good(tmp_path: Path, heading: str, column: str) -> None:
    good, problems = check_lines(tmp_path, heading, GOOD)
    assert good == []
    assert (1, column) in {(problem.row, problem.column) for problem in problems}


def test_excel_is_read_as_its_sheet_is_numbered(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(HEADING.split(","))
    page.append([])
    page.append(["王丽华", 14000000001, "王小明", "Tom", "major", 3, 20, datetime(2027, 3, 31)])  # noqa: DTZ001  Excel knows no zones
    page.append(["李家", 14000000002, "李雷", None, "major", "x", None, None])
    book.save(tmp_path / "families.xlsx")
    [row], [problem] = check(tmp_path / "families.xlsx")
    assert (row.number, row.phone, row.level, row.credits) == (3, "14000000001", 3, 20)
    assert row.expires_at == datetime(2027, 3, 31, 16, 0, tzinfo=UTC)
    assert (problem.row, problem.column) == (4, "level")


def test_the_csv_of_excel_in_china_is_read(tmp_path: Path) -> None:
    path = tmp_path / "families.csv"
    for encoding in ("gb18030", "utf-8-sig"):
        path.write_bytes(f"{HEADING}\r\n{GOOD}\r\n".encode(encoding))
        [row], problems = check(path)
        assert (row.family, problems) == ("王丽华", [])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("families.txt", b"family"),
        ("families.csv", b"\xff\xfe\x00\x00"),
        ("families.csv", b"family\0"),
        ("families.xlsx", b"no zip at all"),
    ],
)
def test_a_file_of_another_kind_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(CannotRun, match=name):
        sheet.read(path)
