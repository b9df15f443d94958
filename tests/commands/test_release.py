"""Teachers offer half-hours: one, many, a weekly pattern."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from tests import asking, snapshot, world
from tests.world import NOW, Company, half_hours_ahead
from yueke.inventory import commands
from yueke.inventory.models import Slot
from yueke.inventory.orders import Released, Target
from yueke.inventory.rules.offer import AHEAD_MAX, SLOTS_PER_COMMAND_MAX
from yueke.inventory.rules.pattern import Stretch
from yueke.kernel.actor import Actor
from yueke.notices.models import Event
from yueke.people.models import Teacher

FIRST, SECOND = half_hours_ahead(count=2), half_hours_ahead(count=3)
MINUTE = timedelta(minutes=1)


def release(
    actor: Actor,
    teacher: Teacher,
    *starts: datetime,
    target: Target | None = None,
    now: datetime = NOW,
) -> list[object]:
    """Release half-hours of a teacher; return the results."""
    asked = asking.request(actor=actor, now=now)
    answer = commands.release_slots(asked, teacher_id=teacher.id, starts=starts, target=target)
    return list(answer.results)


@pytest.fixture
def emma(cn: Company) -> Teacher:
    """Return a teacher of the market."""
    return world.add_teacher(company=cn, rating=489)


@pytest.fixture
def herself(emma: Teacher) -> Actor:
    """Return the teacher's own login."""
    return asking.teacher_of(teacher=emma)


def test_half_hours_become_slots_and_each_leaves_an_event(emma: Teacher, herself: Actor) -> None:
    before = snapshot.take()
    results = release(herself, emma, SECOND, FIRST)
    assert results == [Released(SECOND, True), Released(FIRST, True)]
    assert snapshot.changes(before) == {"slot": (2, 0), "event": (2, 0), "request_key": (1, 0)}
    slot = Slot.objects.get(teacher_id=emma.id, starts_at=FIRST)
    assert (slot.market_id, slot.state, slot.rating) == (emma.market_id, "open", 489)
    assert (slot.target_kind, slot.target_id, slot.reserved_until, slot.lesson_id) == (None,) * 4
    event = Event.objects.get(kind="slot.released", starts_at=FIRST)
    assert (event.channel, event.actor_kind, event.actor_id) == ("teachers", "user", herself.id)
    assert (event.teacher_id, event.at, event.market_id) == (emma.id, NOW, emma.market_id)


def test_a_half_hour_that_is_there_stays_as_it_is(emma: Teacher, herself: Actor) -> None:
    release(herself, emma, FIRST)
    before = snapshot.take()
    results = release(herself, emma, FIRST, SECOND)
    assert results == [Released(FIRST, False), Released(SECOND, True)]
    assert snapshot.changes(before) == {"slot": (1, 0), "event": (1, 0), "request_key": (1, 0)}


def test_a_half_hour_named_twice_is_one_slot(emma: Teacher, herself: Actor) -> None:
    before = snapshot.take()
    release(herself, emma, FIRST, FIRST)
    assert snapshot.changes(before) == {"slot": (1, 0), "event": (1, 0), "request_key": (1, 0)}


@pytest.mark.parametrize(
    ("start", "code"),
    [
        (FIRST + MINUTE, "time_off_grid"),
        (datetime.fromisoformat("2026-03-02T18:00:00+05:45"), "time_off_grid"),
        (NOW, "time_in_past"),
        (NOW - timedelta(days=1), "time_in_past"),
        (NOW + AHEAD_MAX + timedelta(minutes=30), "time_too_far"),
    ],
)
def test_a_bad_time_is_refused_and_the_others_are_not(
    emma: Teacher, herself: Actor, start: datetime, code: str
) -> None:
    before = snapshot.take()
    assert asking.codes(release(herself, emma, start)) == [code]
    assert snapshot.changes(before) == {"request_key": (1, 0)}
    assert asking.codes(release(herself, emma, start, FIRST)) == [code, "done"]
    assert list(Slot.objects.values_list("starts_at", flat=True)) == [FIRST]


def test_the_last_half_hour_that_is_not_too_far_is_taken(emma: Teacher, herself: Actor) -> None:
    assert asking.codes(release(herself, emma, NOW + AHEAD_MAX)) == ["done"]


def test_more_slots_than_one_command_takes_are_refused(emma: Teacher, herself: Actor) -> None:
    before = snapshot.take()
    starts = [half_hours_ahead(count=n) for n in range(1, SLOTS_PER_COMMAND_MAX + 2)]
    assert asking.codes(release(herself, emma, *starts)) == ["too_many_slots"]
    assert snapshot.changes(before) == {"request_key": (1, 0)}


@pytest.mark.parametrize("channel", ["lp", "parents-h5", "cc", "marketing"])
def test_a_channel_that_may_not_release_is_refused(
    cn: Company, emma: Teacher, channel: str
) -> None:
    actor = asking.staff_of(market_id=cn.market_id, channel=channel)
    before = snapshot.take()
    assert asking.codes(release(actor, emma, FIRST)) == ["channel_may_not"]
    assert snapshot.changes(before) == {"request_key": (1, 0)}


def test_international_staff_release_for_one_product_only(cn: Company, emma: Teacher) -> None:
    actor = asking.staff_of(market_id=cn.market_id, channel="international")
    special = cn.products["special"].id
    before = snapshot.take()
    assert asking.codes(release(actor, emma, FIRST)) == ["channel_may_not"]
    days = {"first": date(2026, 3, 2), "last": date(2026, 3, 15)}
    assert asking.codes(release_pattern(actor, emma, MONDAY_EVENING, **days)) == ["channel_may_not"]
    assert snapshot.changes(before) == {"request_key": (2, 0)}
    assert asking.codes(release(actor, emma, FIRST, target=Target("product", special))) == ["done"]
    slot = Slot.objects.get()
    assert (slot.target_kind, slot.target_id) == ("product", special)
    assert Event.objects.get().data == {"target": "product", "target_id": special}


@pytest.mark.parametrize(
    ("channel", "kind"),
    [("international", "student"), ("teachers", "product"), ("teachers", "anything")],
)
def test_a_target_of_a_kind_the_channel_may_not_use_is_refused(
    cn: Company, emma: Teacher, channel: str, kind: str
) -> None:
    actor = asking.staff_of(market_id=cn.market_id, channel=channel)
    before = snapshot.take()
    assert asking.codes(release(actor, emma, FIRST, target=Target(kind, 1))) == ["channel_may_not"]
    assert snapshot.changes(before) == {"request_key": (1, 0)}


def test_another_teacher_or_one_of_another_market_is_not_found(
    cn: Company, us: Company, emma: Teacher, herself: Actor
) -> None:
    colleague, abroad = world.add_teacher(company=cn), world.add_teacher(company=us)
    staff = asking.staff_of(market_id=cn.market_id, channel="international")
    special = Target("product", cn.products["special"].id)
    before = snapshot.take()
    assert asking.codes(release(herself, colleague, FIRST)) == ["teacher_not_found"]
    assert asking.codes(release(herself, abroad, FIRST)) == ["teacher_not_found"]
    assert asking.codes(release(staff, abroad, FIRST, target=special)) == ["teacher_not_found"]
    assert snapshot.changes(before) == {"request_key": (3, 0)}


def release_pattern(
    actor: Actor, teacher: Teacher, *stretches: Stretch, first: date, last: date
) -> list[object]:
    """Release a weekly pattern of a teacher; return the results."""
    answer = commands.release_pattern(
        asking.request(actor=actor, now=NOW),
        teacher_id=teacher.id,
        stretches=stretches,
        first=first,
        last=last,
    )
    return list(answer.results)


MONDAY_EVENING = Stretch(0, time(19, 0), time(19, 30))


def test_a_pattern_is_released_on_the_teacher_s_own_clock(emma: Teacher, herself: Actor) -> None:
    days = {"first": date(2026, 3, 2), "last": date(2026, 3, 15)}
    results = release_pattern(herself, emma, MONDAY_EVENING, **days)
    # Los Angeles puts its clocks forward between the two.
    expected = [datetime(2026, 3, 3, 3, 0, tzinfo=UTC), datetime(2026, 3, 10, 2, 0, tzinfo=UTC)]
    assert results == [Released(start, True) for start in expected]
    assert list(Slot.objects.order_by("starts_at").values_list("starts_at", flat=True)) == expected


def test_what_of_a_pattern_is_over_is_left_out(emma: Teacher, herself: Actor) -> None:
    days = {"first": date(2020, 1, 1), "last": date(2026, 3, 2)}
    results = release_pattern(herself, emma, MONDAY_EVENING, **days)
    assert results == [Released(datetime(2026, 3, 3, 3, 0, tzinfo=UTC), True)]


@pytest.mark.parametrize(
    ("zone", "first", "last", "code"),
    [
        ("Mars/Olympus", date(2026, 3, 2), date(2026, 3, 8), "zone_unknown"),
        ("UTC", date(2026, 3, 3), date(2026, 3, 8), "pattern_empty"),
        ("UTC", date(2026, 3, 3), date(2028, 3, 8), "time_too_far"),
        ("UTC", date.min, date.max, "time_too_far"),
        ("Asia/Kathmandu", date(2026, 3, 2), date(2026, 3, 8), "time_off_grid"),
    ],
)
def test_a_bad_pattern_is_refused_and_the_refusal_is_remembered(
    emma: Teacher, herself: Actor, zone: str, first: date, last: date, code: str
) -> None:
    emma.zone = zone
    emma.save()
    before = snapshot.take()
    results = release_pattern(herself, emma, MONDAY_EVENING, first=first, last=last)
    assert asking.codes(results) == [code]
    assert snapshot.changes(before) == {"request_key": (1, 0)}


def test_a_channel_that_may_not_release_learns_nothing_from_a_pattern(cn: Company) -> None:
    nobody = Teacher(id=10_000_000)
    actor = asking.staff_of(market_id=cn.market_id, channel="lp")
    days = {"first": date(2026, 3, 2), "last": date(2026, 3, 8)}
    results = release_pattern(actor, nobody, MONDAY_EVENING, **days)
    assert asking.codes(results) == ["channel_may_not"]


def test_a_pattern_s_refusals_are_those_of_the_teacher_and_of_the_count(
    cn: Company, emma: Teacher, herself: Actor
) -> None:
    colleague = world.add_teacher(company=cn)
    days = {"first": date(2026, 3, 2), "last": date(2026, 8, 31)}
    results = release_pattern(herself, colleague, MONDAY_EVENING, **days)
    assert asking.codes(results) == ["teacher_not_found"]
    always = [Stretch(day, time(0, 0), time(0, 0)) for day in range(7)]
    before = snapshot.take()
    assert asking.codes(release_pattern(herself, emma, *always, **days)) == ["too_many_slots"]
    assert snapshot.changes(before) == {"request_key": (1, 0)}
