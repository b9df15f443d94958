"""Write a demo company into an empty database, wholly or not at all."""

import hashlib
import json
from datetime import datetime

from yueke.booking.classes.orders import ClassChanged
from yueke.cli.cannot_run import CannotRun
from yueke.cli.demo import (
    autobooking,
    catalogue,
    classes,
    contracts,
    marketing,
    numbers,
    story,
    trials,
    waiting,
    write_lessons,
    write_people,
    write_slots,
    write_wallets,
)
from yueke.cli.demo.catalogue import Catalogue
from yueke.cli.demo.company import Company
from yueke.cli.demo.copying import Told
from yueke.cli.demo.unhindered import unhindered
from yueke.cli.demo.writing import Writing
from yueke.kernel.actor import Actor
from yueke.kernel.transaction import Work, begin
from yueke.notices import operations as notices
from yueke.notices.operations import Answered, Key
from yueke.people.models import Market

# The load is a request like any other: its answer, kept with its effect, tells that it happened.
_REQUEST = Key("job", 0, "demo")
# Among whom are some who can pay for a class.
_CLASSMATES = 40
# Of those who have lessons alone, as many as have trials, requests and teachers of their own.
_NEWCOMERS = 80


def is_loaded() -> bool:
    """Tell whether this database holds the demo company."""
    with begin() as work:
        [rows] = work.ask(notices.recall(keys=[_REQUEST])).fetch()
        return bool(rows)


def is_empty() -> bool:
    """Tell whether this database holds no company at all."""
    return not Market.objects.exists()


def load(*, company: Company, now: datetime, told: Told) -> bool:
    """Write the company in one transaction; tell whether it was written, or was there before.

    Whatever interrupts it, nothing is left behind. Raises CannotRun if the database holds
    another company.
    """
    with begin() as work:
        work.run(__package__, "alone")
        if is_loaded():
            return False
        check_empty()
        _write(work, company, now, told)
    return True


def check_empty() -> None:
    """Raise CannotRun if the database holds a company."""
    if not is_empty():
        raise CannotRun(
            "This database holds a company already, and the demo company is not put beside it: "
            "use an empty database (another DATABASE_URL or YUEKE_DATA)."
        )


def rows(company: Company) -> int:
    """Return about how many rows will be written."""
    people = 2 * (company.teachers.count + len(company.families.names)) + company.learners.count
    progress = company.learners.count * 2
    booked = len(company.lessons.week) + 4 * len(company.seats.learner)
    return people + progress + 3 * len(company.lots.learner) + 2 * company.slots + booked


def _write(work: Work, company: Company, now: datetime, told: Told) -> None:
    with unhindered(work):
        sold = catalogue.make(learners=company.learners.count)
        curriculum = _staff(sold, "curriculum")
        planned = [] if company.size.only_open else classes.plan(curriculum=curriculum, now=now)
        writing = Writing(
            company=company,
            catalogue=sold,
            numbers=numbers.take(work, company=company),
            told=told,
        )
        lessons = write_lessons.lesson_numbers(company=company, numbers=writing.numbers)
        write_people.write(writing)
        write_wallets.write(writing)
        write_slots.write(work, writing, lessons=lessons)
        write_lessons.write(writing, lessons=lessons)
    work.run(__package__, "analyze")
    _play(writing, planned, now)
    _remember(work, company, now)


def _play(writing: Writing, planned: list[ClassChanged], now: datetime) -> None:
    first = writing.numbers
    parent = Actor(writing.catalogue.market, "user", first.family_user, "parents-h5", first.family)
    learners = (first.learner, first.learner + writing.company.size.one_to_one)
    story.play(parent=parent, learner_ids=learners, now=now)
    size = writing.company.size
    if size.only_open:
        return
    classes.play(
        curriculum=_staff(writing.catalogue, "curriculum"),
        planned=planned,
        learner_ids=range(first.learner, first.learner + min(size.learners, _CLASSMATES)),
        now=now,
    )
    autobooking.play(
        lp=_staff(writing.catalogue, "lp"),
        supply=_staff(writing.catalogue, "supply"),
        learner_ids=range(first.learner, first.learner + min(size.learners, _CLASSMATES)),
        now=now,
    )
    tried = [first.learner + place for place in (1, 2, 3)]
    marketing.play(
        marketing=_staff(writing.catalogue, "marketing"),
        tmk=_staff(writing.catalogue, "tmk"),
        learner_ids=tried,
        now=now,
    )
    trials.play(
        lp=_staff(writing.catalogue, "lp"),
        bookers=[_staff(writing.catalogue, one) for one in ("tmk", "cc")],
        learner_ids=range(tried[-1] + 1, first.learner + size.one_to_one),
        spared=learners,
        now=now,
    )
    _play_supply(writing, now)


def _play_supply(writing: Writing, now: datetime) -> None:
    """Let supply's own things happen, to learners who have lessons alone."""
    first, alone = writing.numbers.learner, writing.company.size.one_to_one
    newest = range(first, first + alone)[::-1][:_NEWCOMERS]
    lp, cc, supply = (_staff(writing.catalogue, one) for one in ("lp", "cc", "supply"))
    waiting.play(staff=waiting.Staff(lp, cc, supply), learner_ids=newest, now=now)
    contracts.play(lp=lp, learner_ids=newest, now=now)


def _staff(people: Catalogue, channel: str) -> Actor:
    return Actor(people.market, "user", people.users[channel], channel)


def _remember(work: Work, company: Company, now: datetime) -> None:
    outcome = json.dumps({"learners": company.size.learners, "teachers": company.size.teachers})
    body_hash = hashlib.sha256(outcome.encode()).digest()
    notices.remember(work, at=now, answers=[Answered(_REQUEST, body_hash, outcome)])
