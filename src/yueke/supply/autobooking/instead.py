"""What else a learner could have: tried at once where a row was refused, or chosen by people."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import chain

import msgspec

from yueke.booking import queries as booking
from yueke.booking.models import Lesson, Seat
from yueke.booking.orders import BookLesson
from yueke.booking.queries import Search
from yueke.booking.queries.search import find_teachers_at
from yueke.curriculum import queries as curriculum
from yueke.kernel.actor import Actor
from yueke.kernel.refusal import Refusal
from yueke.people.models import Market, Teacher
from yueke.supply.autobooking.models import AutoRule
from yueke.supply.runs.advice import Instead
from yueke.supply.runs.carrying import HAS_ENOUGH
from yueke.supply.runs.models import WeeklyRow, WeeklyRun
from yueke.supply.runs.rows import ClaimedRow
from yueke.supply.runs.weeks import DAY_CELLS, DAYS, Week

# So many teachers are tried at each acceptable time, and so many times and teachers in all.
TEACHERS_A_TIME = 3
TRIED_MAX = 12
SHOWN = 3
TAKEN = "all_taken"
Choice = tuple[datetime, int]


def instead_of(run: WeeklyRun, week: Week, refused: Sequence[ClaimedRow], now: datetime) -> Instead:
    """Return what to try for rows that were refused: their rules' other times and teachers.

    Days on which the learner has a lesson are left out where lessons are to be spread.
    """
    learners = {row.learner_id for row in refused}
    rules = _rules_of(run.market_id, learners)
    starts = _starts_of(run.market_id, week, learners)
    actor = Actor(run.market_id, "job", 0, "supply")
    found: Instead = {}
    for row in refused:
        rule = rules.get((row.learner_id, row.product))
        if rule is not None:
            others = starts[row.learner_id] - {row.starts_at} if rule.is_spread else set()
            choices = _choices(actor, now, week, rule, row, others)
            found[row.place] = [_command(run, row, *choice) for choice in choices]
    return found


def explained(
    *, actor: Actor, now: datetime, run: WeeklyRun, row: WeeklyRow
) -> tuple[list[Choice], list[tuple[datetime, list[int]]]]:
    """Return of a missed row what is free near to it, and who was taught at its times.

    Who is taught is told as (start, learners). Refuses: channel_may_not.
    """
    why = msgspec.json.decode(row.why)
    if row.state != WeeklyRow.State.MISSED or why["reason"] == HAS_ENOUGH:
        return [], []
    starts = [datetime.fromisoformat(at) for at, code in why.get("times", ()) if code == TAKEN]
    skill = _skill_of(row)
    learners = [taken_by(market_id=run.market_id, at=at, skill=skill) for at in starts[:SHOWN]]
    taken = [(at, some) for at, some in zip(starts, learners, strict=False) if some]
    return nearest(actor=actor, now=now, run=run, row=row), taken


def nearest(*, actor: Actor, now: datetime, run: WeeklyRun, row: WeeklyRow) -> list[Choice]:
    """Return the three free half-hours of the week nearest to what the rule asks for, as (start,
    teacher), the teacher a listed one where any is free (SD-10).

    Refuses: channel_may_not.
    """
    rule = _rules_of(run.market_id, [row.learner_id]).get((row.learner_id, row.product))
    if rule is None:
        return []
    week = Week(run.week, Market.objects.get(pk=run.market_id).zone)
    search = Search(row.learner_id, row.product, max(week.begin, now), week.end)
    try:
        free = booking.find_half_hours(actor=actor, now=now, search=search)
    except Refusal:
        # Without a course or a window there is nothing to choose from.
        return []
    asked = [cell for cell in map(week.cell_of, rule.times) if cell >= 0]

    def distance(start: datetime) -> timedelta:
        return min((abs(start - week.at(cell)) for cell in asked), default=timedelta(0))

    starts = sorted((start for start, _ in free), key=lambda start: (distance(start), start))
    found: list[Choice] = []
    for start in starts[:SHOWN]:
        found += _free_at(actor, now, rule, row.product, start)[:1]
    return found


def taken_by(*, market_id: int, at: datetime, skill: str, size: int = 3) -> list[int]:
    """Return learners whom teachers of a skill teach at an instant, at most so many."""
    lessons = Lesson.objects.filter(market_id=market_id, starts_at=at, state="booked")
    teachers = Teacher.objects.filter(market_id=market_id, skills__contains=[skill])
    lesson_ids = lessons.filter(teacher_id__in=teachers.values("id")).values_list("id", flat=True)
    seats = Seat.objects.filter(
        market_id=market_id, lesson_id__in=list(lesson_ids[:size]), state="live"
    )
    return list(seats.order_by("id").values_list("learner_id", flat=True)[:size])


def _free_at(
    actor: Actor, now: datetime, rule: AutoRule, product: str, start: datetime
) -> list[Choice]:
    """Return teachers free for the learner at a start, those that the rule lists first."""
    try:
        teachers = find_teachers_at(
            actor=actor,
            now=now,
            learner_id=rule.learner_id,
            product=product,
            start=start,
            size=20,
        )
    except Refusal:
        return []
    liked = {teacher: place for place, teacher in enumerate(rule.teachers)}
    teachers.sort(key=lambda teacher: liked.get(teacher, len(liked)))
    return [(start, teacher) for teacher in teachers[:TEACHERS_A_TIME]]


def _skill_of(row: WeeklyRow) -> str:
    """Return what a teacher must be able to teach the learner of a row now."""
    progress = curriculum.progress_of(learner_ids=[row.learner_id])
    found = progress.filter(product__code=row.product).first()
    return f"{row.product}:{found.course.level if found else -1}"


def _rules_of(market_id: int, learners: Iterable[int]) -> dict[tuple[int, str], AutoRule]:
    """Return the rules of learners, by (learner, product code)."""
    codes = {one.pk: one.code for one in curriculum.list_products(market_id=market_id)}
    rules = AutoRule.objects.filter(market_id=market_id, learner_id__in=learners)
    return {(rule.learner_id, codes[rule.product_id]): rule for rule in rules}


def _starts_of(market_id: int, week: Week, learners: Iterable[int]) -> dict[int, set[datetime]]:
    """Return when in a week learners have, or will have, lessons."""
    span = {"learner_id__in": learners, "starts_at__gte": week.begin, "starts_at__lt": week.end}
    planned = WeeklyRow.objects.filter(**span).exclude(state=WeeklyRow.State.MISSED)
    seats = Seat.objects.filter(market_id=market_id, state=Seat.State.LIVE, **span)
    found: dict[int, set[datetime]] = defaultdict(set)
    columns = ("learner_id", "starts_at")
    for learner_id, start in chain(planned.values_list(*columns), seats.values_list(*columns)):
        if start is not None:
            found[learner_id].add(start)
    return found


def _choices(
    actor: Actor, now: datetime, week: Week, rule: AutoRule, row: ClaimedRow, others: set[datetime]
) -> list[Choice]:
    """Return what is free at a rule's times, but what was refused, on no day of `others`."""
    begins = [week.at(week.cell_of(day * DAY_CELLS)) for day in range(DAYS)]
    full = {sum(begin <= start for begin in begins) - 1 for start in others}
    found: list[Choice] = []
    for half_hour in rule.times:
        cell = week.cell_of(half_hour)
        if cell < 0 or half_hour // DAY_CELLS in full or len(found) >= TRIED_MAX:
            continue
        if week.at(cell) > now:
            found += _free_at(actor, now, rule, row.product, week.at(cell))
    return [choice for choice in found if choice != (row.starts_at, row.teacher_id)]


def _command(run: WeeklyRun, row: ClaimedRow, start: datetime, teacher_id: int) -> BookLesson:
    return BookLesson(
        row.learner_id, teacher_id, start, row.product, row.asset, permission=run.permission
    )
