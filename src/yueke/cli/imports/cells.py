"""Read single cells; a cell that cannot be read raises Wrong with a sentence."""

import re
import unicodedata
from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from yueke.cli.imports.problems import Wrong
from yueke.reminders.rules import OPENID

_NAME_LENGTH_MAX = 200
_YEARS = range(2000, 2100)
_PHONE = re.compile(r"\+?[0-9]{6,15}")
_CHINESE_MOBILE = re.compile(r"(?:\+|00)86(1[0-9]{10})")
_DATE = re.compile(r"(20\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]00:00(?::00)?)?")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::00)?")
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "mon monday 1 周一 星期一",
            "tue tuesday 2 周二 星期二",
            "wed wednesday 3 周三 星期三",
            "thu thursday 4 周四 星期四",
            "fri friday 5 周五 星期五",
            "sat saturday 6 周六 星期六",
            "sun sunday 7 周日 星期日 星期天",
        )
    )
    for name in names.split()
}


def text(column: str, cell: str) -> str:
    """Return a cell that must not be empty."""
    if not cell:
        raise Wrong(column, f"The {column} is missing.")
    return cell


def name(column: str, cell: str) -> str:
    """Return a name, which may be empty."""
    if len(cell) > _NAME_LENGTH_MAX:
        raise Wrong(column, f"The {column} is longer than {_NAME_LENGTH_MAX} characters.")
    return cell


def phone(column: str, cell: str) -> str:
    """Return a phone number's digits, plain ones; of a Chinese mobile one without the country."""
    digits = re.sub(r"[\s()-]", "", unicodedata.normalize("NFKC", text(column, cell)))
    if not _PHONE.fullmatch(digits):
        raise Wrong(column, f"{cell} is not a phone number.")
    mobile = _CHINESE_MOBILE.fullmatch(digits)
    return mobile[1] if mobile else digits


def email(column: str, cell: str) -> str:
    """Return an e-mail address, or "" of an empty cell."""
    try:
        if cell:
            validate_email(cell)
    except ValidationError:
        raise Wrong(column, f"{cell} is not an e-mail address.") from None
    return cell


def openid(column: str, cell: str) -> str:
    """Return what WeChat knows somebody by, or "" of an empty cell."""
    if not re.fullmatch(OPENID, cell) and cell:
        raise Wrong(column, f"{cell} is not an openid of WeChat.")
    return cell


def whole_number(column: str, cell: str) -> int:
    """Return a number of one or more."""
    if not re.fullmatch(r"\d{1,9}", cell) or int(cell) == 0:
        raise Wrong(column, f"{cell} is not a whole number of one or more.")
    return int(cell)


def level(column: str, cell: str) -> int:
    """Return a level, which may be zero."""
    if not re.fullmatch(r"\d{1,3}", cell):
        raise Wrong(column, f"{cell} is not a level.")
    return int(cell)


def day(column: str, cell: str) -> date:
    """Return a date such as 2027-01-31, 2027/1/31 or 2027年1月31日."""
    parts = _DATE.fullmatch(cell)
    try:
        if parts:
            return date(int(parts[1]), int(parts[2]), int(parts[3]))
    except ValueError:
        pass
    raise Wrong(column, f"{cell} is not a date such as 2027-01-31.")


def clock(column: str, cell: str) -> time:
    """Return a time such as 18:30; 24:00 is midnight."""
    parts = _CLOCK.fullmatch(cell)
    if parts and (int(parts[1]), int(parts[2])) == (24, 0):
        return time(0)
    try:
        if parts:
            return time(int(parts[1]), int(parts[2]))
    except ValueError:
        pass
    raise Wrong(column, f"{cell} is not a time such as 18:30.")


def moment(column: str, cell: str) -> datetime:
    """Return an ISO date and time, with its offset if it has one."""
    try:
        if len(cell) > len("2027-01-31"):
            found = datetime.fromisoformat(cell)
            if found.year in _YEARS:
                return found
    except ValueError:
        pass
    raise Wrong(column, f"{cell} is not a date and time such as 2027-01-31T18:30+08:00.")


def weekday(column: str, cell: str) -> int:
    """Return a weekday as 0 for Monday: Mon, Monday, 1 or 周一."""
    found = _WEEKDAYS.get(cell.lower())
    if found is None:
        raise Wrong(column, f"{cell} is not a weekday such as Mon or 周一.")
    return found
