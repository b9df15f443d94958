"""Read and check a sheet of families: pure decisions, before anything is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from yueke.cli.imports import cells, pinyin
from yueke.cli.imports.problems import Problem, Wrong
from yueke.cli.imports.sheet import Row, Sheet, unknown_columns

NEEDED = ("family", "phone", "learner")
COLUMNS = (
    *NEEDED, "email", "wechat", "english_name", "pinyin", "product", "level", "credits",
    "credits_expire",
)  # fmt: skip
# Product code → level → course.
Courses = Mapping[str, Mapping[int, int]]


@dataclass(frozen=True)
class FamilyRow:
    """One good row: a learner of a family, perhaps a course to open, perhaps credits for it."""

    number: int
    family: str
    phone: str
    email: str
    wechat: str
    learner: str
    english_name: str
    pinyin: str
    product: str | None
    level: int | None
    credits: int | None
    expires_at: datetime | None

    @property
    def content(self) -> tuple[str, ...]:
        """What the row says, whatever its number: the same content is the same request."""
        facts = (self.phone, self.learner, self.product, self.credits, self.expires_at)
        return tuple("" if fact is None else str(fact) for fact in facts)


def check(
    sheet: Sheet, *, courses: Courses, zone: ZoneInfo, now: datetime
) -> tuple[list[FamilyRow], list[Problem]]:
    """Return the good rows and what is wrong with the others; a bad heading leaves none good."""
    headings = unknown_columns(sheet, needed=NEEDED, known=COLUMNS)
    if headings:
        return [], headings
    good: list[FamilyRow] = []
    of_phone: dict[str, list[FamilyRow]] = {}
    problems = list(sheet.problems)
    for row in sheet.rows:
        try:
            read = _read(row, courses, zone, now)
            _compare(read, of_phone.setdefault(read.phone, []))
            of_phone[read.phone].append(read)
            good.append(read)
        except Wrong as wrong:
            problems.append(wrong.at(row.number))
    return good, sorted(problems)


def meet(
    rows: Sequence[FamilyRow], *, here: Mapping[str, str], are_same: bool
) -> tuple[list[FamilyRow], list[Problem]]:
    """Return the rows with the names of the families that are here, and what is wrong.

    `here` are their names by phone. Another name in the file is another family, who may not have
    the phone, unless they are said to be the same.
    """
    good: list[FamilyRow] = []
    problems: list[Problem] = []
    for row in rows:
        name = here.get(row.phone, row.family)
        if name == row.family or are_same:
            good.append(replace(row, family=name))
        else:
            says = (
                f"The phone {row.phone} is that of the family {name}: correct the row, or say with "
                "--same-families that they are the same."
            )
            problems.append(Problem(row.number, "family", says))
    return good, problems


def _read(row: Row, courses: Courses, zone: ZoneInfo, now: datetime) -> FamilyRow:
    product, level = _course(row, courses)
    credits_, expires_at = _credits(row, zone, now)
    learner = cells.name("learner", cells.text("learner", row["learner"]))
    return FamilyRow(
        number=row.number,
        family=cells.name("family", cells.text("family", row["family"])),
        phone=cells.phone("phone", row["phone"]),
        email=cells.email("email", row["email"]),
        wechat=cells.openid("wechat", row["wechat"]),
        learner=learner,
        english_name=cells.name("english_name", row["english_name"]),
        pinyin=cells.name("pinyin", row["pinyin"]) or pinyin.typed(learner),
        product=product,
        level=level,
        credits=credits_,
        expires_at=expires_at,
    )


def _course(row: Row, courses: Courses) -> tuple[str | None, int | None]:
    product = row["product"]
    if not product:
        if row["level"]:
            raise Wrong("product", "A level needs its product.")
        return None, None
    if product not in courses:
        known = ", ".join(sorted(courses))
        raise Wrong("product", f"There is no product {product}: there are {known}.")
    level = cells.level("level", cells.text("level", row["level"]))
    if level not in courses[product]:
        known = ", ".join(map(str, sorted(courses[product])))
        raise Wrong("level", f"{product} has no level {level}: it has {known}.")
    return product, level


def _credits(row: Row, zone: ZoneInfo, now: datetime) -> tuple[int | None, datetime | None]:
    """Return how many credits and the end of their last day in the market's zone."""
    if not row["credits"]:
        if row["credits_expire"]:
            raise Wrong("credits", "An expiry needs its credits.")
        return None, None
    number = cells.whole_number("credits", row["credits"])
    if not row["credits_expire"]:
        return number, None
    last_day = cells.day("credits_expire", row["credits_expire"])
    end = datetime.combine(last_day + timedelta(days=1), time(0), zone).astimezone(UTC)
    if end <= now:
        raise Wrong("credits_expire", f"{last_day} is over.")
    return number, end


def _compare(read: FamilyRow, earlier: list[FamilyRow]) -> None:
    """Raise Wrong where a row contradicts an earlier one of its phone, or says the same again."""
    for other in earlier:
        if other.family != read.family:
            says = f"Row {other.number} gives this phone to the family {other.family}."
            raise Wrong("phone", says)
        for name in ("email", "wechat"):
            known, said = getattr(other, name), getattr(read, name)
            if known and said and known != said:
                raise Wrong(name, f"Row {other.number} gives the {name} {known} to this family.")
        if other.learner != read.learner:
            continue
        if other.content == read.content:
            raise Wrong("learner", f"Row {other.number} says the same.")
        if other.product == read.product and other.level != read.level:
            says = f"Row {other.number} puts this learner at level {other.level}."
            raise Wrong("level", says)
