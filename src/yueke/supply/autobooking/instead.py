"""What else a learner could have: tried at once where a row was refused, or chosen by people."""

from datetime import datetime, timedelta

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
from yueke.supply.runs.models import WeeklyRow, WeeklyRun
from yueke.supply.runs.rows import ClaimedRow
from yueke.supply.runs.weeks import DAYS, Week

# So many teachers are tried at each acceptable time, and so many times and teachers in all.
TEACHERS_A_TIME = 3
TRIED_MAX = 12
SHOWN = 3
TAKEN = "all_taken"
Choice = tuple[datetime, int]


def instead_of(run: WeeklyRun, row: ClaimedRow, now: datetime) -> list[BookLesson]:
    """Return what to try for a row that was refused: its rule's other times and teachers.

    Days on which the learner has a lesson are left out where lessons are to be spread. Whoever has
    as many lessons as the rule asks for, booked by hand meanwhile, is to have no other.
    """
    rule = _rule_of(run, row.learner_id, row.product)
    if rule is None:
        return []
    week = Week(run.week, Market.objects.get(pk=run.market_id).zone)
    if _has_enough(rule, week, run, row):
        return []
    actor = Actor(run.market_id, "job", 0, "supply")
    full = _days_taken(rule, week, but=row.starts_at) if rule.is_spread else set()
    starts = [
        week.at(week.cell_of(half_hour))
        for half_hour in rule.times
        if week.cell_of(half_hour) >= 0 and half_hour // 48 not in full
    ]
    found: list[Choice] = []
    for start in starts:
        if start > now and len(found) < TRIED_MAX:
            found += _free_at(actor, now, rule, row.product, start)
    return [
        BookLesson(
            row.learner_id, teacher, start, row.product, row.asset, permission=run.permission
        )
        for start, teacher in found
        if (start, teacher) != (row.starts_at, row.teacher_id)
    ]


def explained(
    *, actor: Actor, now: datetime, run: WeeklyRun, row: WeeklyRow
) -> tuple[list[Choice], list[tuple[datetime, list[int]]]]:
    """Return of a missed row what is free near to it, and who was taught at its times.

    Who is taught is told as (start, learners). Refuses: channel_may_not.
    """
    if row.state != WeeklyRow.State.MISSED:
        return [], []
    why = msgspec.json.decode(row.why)
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
    rule = _rule_of(run, row.learner_id, row.product)
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


def _rule_of(run: WeeklyRun, learner_id: int, product: str) -> AutoRule | None:
    found = curriculum.list_products(market_id=run.market_id).filter(code=product).first()
    rules = AutoRule.objects.filter(market_id=run.market_id, learner_id=learner_id)
    return rules.filter(product_id=found.pk).first() if found else None


def _has_enough(rule: AutoRule, week: Week, run: WeeklyRun, row: ClaimedRow) -> bool:
    """Tell whether a learner has all of a rule's lessons, with those yet to be booked."""
    seats = Seat.objects.filter(
        market_id=rule.market_id,
        learner_id=rule.learner_id,
        starts_at__gte=week.begin,
        starts_at__lt=week.end,
        state=Seat.State.LIVE,
    )
    lessons = Lesson.objects.filter(
        id__in=list(seats.values_list("lesson_id", flat=True)), product_id=rule.product_id
    )
    waiting = WeeklyRow.objects.filter(
        run_id=run.pk,
        learner_id=rule.learner_id,
        product=row.product,
        state=WeeklyRow.State.WAITING,
    )
    return lessons.count() + waiting.exclude(place=row.place).count() >= rule.lessons


def _days_taken(rule: AutoRule, week: Week, *, but: datetime) -> set[int]:
    """Return the days of a week, 0 is Monday, on which a learner has or will have a lesson."""
    begins = [week.at(week.cell_of(day * 48)) for day in range(DAYS)]
    planned = WeeklyRow.objects.filter(
        learner_id=rule.learner_id, starts_at__gte=week.begin, starts_at__lt=week.end
    ).exclude(state=WeeklyRow.State.MISSED)
    seats = Seat.objects.filter(
        market_id=rule.market_id,
        learner_id=rule.learner_id,
        starts_at__gte=week.begin,
        starts_at__lt=week.end,
        state="live",
    )
    taken = {
        *planned.values_list("starts_at", flat=True),
        *seats.values_list("starts_at", flat=True),
    }
    return {
        sum(begin <= start for begin in begins) - 1
        for start in taken
        if start is not None and start != but
    }
