"""`yueke import families`: families, learners, their courses and credits from CSV or XLSX."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from yueke.cli.imports import families_sheet, report, sheet
from yueke.cli.imports.families_sheet import Courses, FamilyRow
from yueke.cli.imports.options import DryRun, FamiliesFile, MarketCode, SkipBad
from yueke.cli.imports.progress import tracked
from yueke.cli.imports.transaction import request_for, whole
from yueke.curriculum import commands as curriculum
from yueke.curriculum import queries as curriculum_queries
from yueke.notices.once import Request
from yueke.people import queries as people_queries
from yueke.people import registration
from yueke.people.models import Market
from yueke.reminders import contacts
from yueke.wallet import commands as wallet

_COUNTED = ("families new", "learners new", "courses opened", "credits granted")


def families(
    file: FamiliesFile,
    market: MarketCode = None,
    dry_run: DryRun = False,
    skip_bad: SkipBad = False,
    same_families: Annotated[
        bool,
        typer.Option(
            "--same-families",
            help="A phone's family is the same, whatever its name in the file; it keeps its own.",
        ),
    ] = False,
) -> None:
    """Take in families from a sheet: a row a learner, or a learner's course.

    Columns: family, phone, learner; and if wanted email, wechat (openid), english_name, pinyin,
    product, level, credits, credits_expire. Names without pinyin are typed as they sound. Credits
    are for the row's product, and last until the end of credits_expire. A family is known by its
    phone, and its name in the file must be the one it has here. A learner is known by family and
    name, so a file may be read again: the same row changes nothing more.
    """
    now = datetime.now(UTC)
    found = people_queries.get_market(code=market)
    courses = _courses(found)
    rows, problems = families_sheet.check(
        sheet.read(file), courses=courses, zone=ZoneInfo(found.zone), now=now
    )
    phones = {row.phone for row in rows}
    here = people_queries.names_of_phones(market_id=found.id, phones=phones)
    rows, strangers = families_sheet.meet(rows, here=here, are_same=same_families)
    problems = sorted([*problems, *strangers])
    report.end_unless_good(problems, good=len(rows), noun="row", skip_bad=skip_bad)
    report.end_unless_any(rows, file=file)
    intake = Intake(found, courses, now)
    with whole(dry_run=dry_run):
        lines = [intake.take_in(row) for row in tracked(rows, about="Families")]
    for line in lines:
        typer.echo(line)
    report.tell_end(intake.summary(), dry_run=dry_run)
    if intake.changed["families new"]:
        typer.echo("New families cannot sign in yet: an import makes no logins.")


def _courses(market: Market) -> Courses:
    courses: dict[str, dict[int, int]] = {}
    for course in curriculum_queries.list_courses(market_id=market.id):
        courses.setdefault(course.product.code, {})[course.level] = course.id
    return courses


@dataclass
class Intake:
    """Rows on their way in, through the rooms' commands, and what they have changed."""

    market: Market
    courses: Courses
    now: datetime
    changed: Counter[str] = field(default_factory=Counter)
    _families: dict[str, int] = field(default_factory=dict)
    _learners: dict[tuple[int, str], int] = field(default_factory=dict)

    def take_in(self, row: FamilyRow) -> str:
        """Carry out one row and return what it did as a line."""
        said: list[str] = []
        family_id = self._family(row, said)
        self._addresses(row, family_id, said)
        learner_id = self._learner(row, family_id, said)
        self._course(row, learner_id, said)
        self._credits(row, learner_id, said)
        return f"row {row.number}: {', '.join(said)}"

    def summary(self) -> str:
        """Return what all rows did."""
        return ", ".join(f"{what}: {self.changed[what]:,}" for what in _COUNTED)

    def _family(self, row: FamilyRow, said: list[str]) -> int:
        if row.phone in self._families:
            return self._families[row.phone]
        request = self._request("family", [row.phone])
        answer = registration.register_family(request, name=row.family, phone=row.phone)
        registered = answer.only()
        is_new = registered.is_new and not answer.replayed
        said.append(f"{'new family' if is_new else 'family'} {row.family} ({row.phone})")
        self.changed["families new"] += is_new
        self._families[row.phone] = registered.family_id
        return registered.family_id

    def _addresses(self, row: FamilyRow, family_id: int, said: list[str]) -> None:
        given = {"email": row.email or None, "wechat": row.wechat or None}
        if any(given.values()):
            request = self._request("addresses", [row.phone, row.email, row.wechat])
            answer = contacts.note_addresses(request, family_id=family_id, **given)
            answer.all()
            if not answer.replayed:
                said.append("noted " + ", ".join(name for name in given if given[name]))

    def _learner(self, row: FamilyRow, family_id: int, said: list[str]) -> int:
        key = (family_id, row.learner)
        if key in self._learners:
            said.append(f"learner {row.learner}")
            return self._learners[key]
        answer = registration.register_learner(
            self._request("learner", key),
            family_id=family_id,
            name=row.learner,
            english_name=row.english_name,
            pinyin=row.pinyin,
        )
        registered = answer.only()
        is_new = registered.is_new and not answer.replayed
        said.append(f"{'new learner' if is_new else 'learner'} {row.learner}")
        self.changed["learners new"] += is_new
        self._learners[key] = registered.learner_id
        return registered.learner_id

    def _course(self, row: FamilyRow, learner_id: int, said: list[str]) -> None:
        if row.product is None or row.level is None:
            return
        course_id = self.courses[row.product][row.level]
        answer = curriculum.open_course(
            self._request("course", [learner_id, course_id]),
            learner_id=learner_id,
            course_id=course_id,
        )
        opened = answer.only()
        is_new = opened.is_new and not answer.replayed
        self.changed["courses opened"] += is_new
        where = f"{opened.product} level {opened.level}"
        said.append(f"opens {where}" if is_new else f"stands at {where} already")

    def _credits(self, row: FamilyRow, learner_id: int, said: list[str]) -> None:
        if row.credits is None:
            return
        product_id = None
        if row.product is not None:
            product_id = curriculum_queries.get_product(
                market_id=self.market.id, code=row.product
            ).id
        answer = wallet.grant(
            self._request("credits", row.content),
            learner_id=learner_id,
            asset="credit",
            amount=row.credits,
            product_id=product_id,
            expires_at=row.expires_at,
            reason="import",
        )
        answer.all()
        self.changed["credits granted"] += 0 if answer.replayed else row.credits
        said.append(f"{row.credits} credits" + (" given before" if answer.replayed else ""))

    def _request(self, what: str, content: Sequence[object]) -> Request:
        return request_for(market_id=self.market.id, now=self.now, what=what, content=content)
