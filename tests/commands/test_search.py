"""Searches find exactly the teachers who can do what is wanted, whatever bits stand in for it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from tests import asking, world
from tests.world import NOW, SKILLS, Company, half_hours_ahead
from yueke.booking import queries as booking
from yueke.booking.queries import Search
from yueke.booking.queries.search import find_teachers_at
from yueke.inventory.models import OWN_BITS
from yueke.kernel.grid import HALF_HOUR, floor
from yueke.people.models import Learner

START = half_hours_ahead(count=4)
END = half_hours_ahead(count=8)


@pytest.fixture
def learner(cn: Company) -> Learner:
    """Return a learner of the market."""
    return world.add_learner(company=cn)


def found(company: Company, learner: Learner, *, tags: Sequence[str] = ()) -> tuple[list[str], int]:
    """Return the names that a search finds, and how many teachers are free at the half-hour."""
    lp = asking.staff_of(market_id=company.market_id)
    search = Search(learner.id, "major", START, END, tags)
    names = [one.name for one in booking.find_teachers(actor=lp, now=NOW, search=search)]
    counts = booking.find_half_hours(actor=lp, now=NOW, search=search, count_up_to=9)
    return names, dict(counts).get(START, 0)


def bits_of(*words: str) -> set[int]:
    """Return the places of the bits that stand for skills, which have a colon, and tags."""
    skills = [word for word in words if ":" in word]
    tags = [word for word in words if ":" not in word]
    with connection.cursor() as cursor:
        cursor.execute("SELECT abilities_of(%s::text[], %s::text[])::bit(64)", [skills, tags])
        (bits,) = cursor.fetchone()
    return {place for place, bit in enumerate(reversed(bits)) if bit == "1"}


def test_a_teacher_is_found_by_what_they_can_do_now(cn: Company, learner: Learner) -> None:
    emma = world.add_teacher(company=cn, name="Emma", tags=["kids"], opens=[START])
    assert found(cn, learner, tags=["kids"]) == (["Emma"], 1)
    emma.tags = ["exam"]
    emma.save()
    assert found(cn, learner, tags=["kids"]) == ([], 0)
    assert found(cn, learner, tags=["exam"]) == (["Emma"], 1)
    emma.skills = []
    emma.save()
    assert found(cn, learner) == ([], 0)


def test_a_new_rating_counts_for_time_that_is_open_already(cn: Company, learner: Learner) -> None:
    emma = world.add_teacher(company=cn, name="Emma", rating=410, opens=[START])
    world.add_teacher(company=cn, name="Tom", rating=450, opens=[START])
    assert found(cn, learner) == (["Tom", "Emma"], 2)
    emma.rating = 490
    emma.save()
    assert found(cn, learner) == (["Emma", "Tom"], 2)


def test_a_teacher_is_found_by_what_they_can_do_now_at_time_that_was_booked_meanwhile(
    cn: Company, learner: Learner
) -> None:
    # By the clock: the database knows no other, and what is over is left as it was.
    now = datetime.now(UTC)
    start = floor(now) + timedelta(days=3)
    emma = world.add_teacher(company=cn, name="Emma", rating=410, tags=["kids"])
    tom = world.add_teacher(company=cn, name="Tom", rating=450, tags=["exam"])
    for teacher in (emma, tom):
        world.open_slots(company=cn, teacher=teacher, starts=[start], now=now)
    parents = asking.parent_of(family=learner.family)
    command = asking.to_book(learner=learner, teacher=emma, starts_at=start)
    booked = asking.book_one(actor=parents, command=command, now=now)
    emma.rating, emma.tags = 490, ["exam"]
    emma.save()
    asking.cancel(actor=parents, seats=[booked.seat_id], now=now)
    for tags, names in (([], ["Emma", "Tom"]), (["exam"], ["Emma", "Tom"]), (["kids"], [])):
        search = Search(learner.id, "major", start, start + HALF_HOUR, tags)
        teachers = booking.find_teachers(actor=parents, now=now, search=search)
        assert [one.name for one in teachers] == names


def test_the_first_words_have_bits_of_their_own(cn: Company) -> None:
    words = [f"word {number}" for number in range(OWN_BITS)]
    world.add_teacher(company=cn, skills=["major:3"], tags=words[:20])
    emma = world.add_teacher(company=cn, skills=["major:3", "major:4"], tags=[])
    emma.tags = [*words[:4], *words[20 : OWN_BITS - 2], *words[20 : OWN_BITS - 2]]
    emma.save()
    own = [*words[: OWN_BITS - 2], "major:3", "major:4"]
    assert [len(bits_of(word)) for word in own] == [1] * OWN_BITS
    assert bits_of(*own) == set(range(OWN_BITS))
    # There is none left.
    world.add_teacher(company=cn, tags=words)
    assert bits_of(*own) == set(range(OWN_BITS))
    assert all(bits_of(word) & bits_of(*own) == set() for word in words[OWN_BITS - 2 :])


@pytest.mark.parametrize("words", [[], ["kids"], ["孩子", "emoji 🙂", "#", "a,b"]])
def test_words_of_any_language_have_bits(cn: Company, words: list[str]) -> None:
    world.add_teacher(company=cn, skills=SKILLS, tags=words)
    assert bits_of(*SKILLS, *words) == set(range(len(SKILLS) + len(words)))


def test_a_tag_that_is_written_as_a_skill_is_none(cn: Company, learner: Learner) -> None:
    emma = world.add_teacher(company=cn, name="Emma", tags=["major:4"], opens=[START])
    world.add_teacher(company=cn, name="Tom", skills=["major:3", "major:4"], opens=[START])
    world.add_teacher(company=cn, name="Ann", skills=[], tags=["major:3"], opens=[START])
    assert found(cn, learner, tags=["major:4"]) == (["Emma"], 1)
    assert found(cn, learner) == (["Emma", "Tom"], 2) or found(cn, learner) == (["Tom", "Emma"], 2)
    emma.skills = ["special:3"]
    emma.save()
    assert found(cn, learner) == (["Tom"], 1)


def test_words_that_share_a_bit_are_told_apart(cn: Company, learner: Learner) -> None:
    world.add_teacher(company=cn, tags=[f"word {number}" for number in range(OWN_BITS)])
    words = (f"tag {number}" for number in range(10_000))
    other = next(word for word in words if bits_of(word) == bits_of("kids"))
    world.add_teacher(company=cn, name="Emma", tags=["kids"], opens=[START])
    world.add_teacher(company=cn, name="Tom", tags=[other], opens=[START])
    assert found(cn, learner, tags=["kids"]) == (["Emma"], 1)
    assert found(cn, learner, tags=[other]) == (["Tom"], 1)


def test_a_page_tells_every_time_of_its_teachers(cn: Company, learner: Learner) -> None:
    starts = [START, START + HALF_HOUR, START + 2 * HALF_HOUR]
    lp = asking.staff_of(market_id=cn.market_id)
    offers = {"Ann": [0, 1, 2], "Bob": [2], "Cid": [0, 1], "Dee": [1, 2], "Eve": [0]}
    for place, (name, offered) in enumerate(offers.items()):
        opens = [starts[cell] for cell in offered]
        world.add_teacher(company=cn, name=name, rating=400 + place // 2, opens=opens)
    search = Search(learner.id, "major", START, END)
    shown: list[tuple[str, list[datetime]]] = []
    after: tuple[int, int] | None = None
    while page := booking.find_teachers(actor=lp, now=NOW, search=search, size=2, after=after):
        shown += [(one.name, one.starts) for one in page]
        after = page[-1].rating, page[-1].teacher_id
    best_first = ["Eve", "Dee", "Cid", "Bob", "Ann"]
    assert shown == [(name, [starts[cell] for cell in offers[name]]) for name in best_first]


@pytest.mark.parametrize(("opens", "starts"), [([4], []), ([4, 5], [4]), ([4, 6, 7], [6])])
def test_a_long_lesson_begins_where_all_its_time_is_open(
    cn: Company, learner: Learner, opens: list[int], starts: list[int]
) -> None:
    times = [half_hours_ahead(count=count) for count in opens]
    expected = [half_hours_ahead(count=count) for count in starts]
    emma = world.add_teacher(company=cn, name="Emma", opens=times)
    lp = asking.staff_of(market_id=cn.market_id)
    search = Search(learner.id, "level7", START, END)
    assert [start for start, _ in booking.find_half_hours(actor=lp, now=NOW, search=search)] == (
        expected
    )
    for name in ("", "Em"):
        teachers = booking.find_teachers(actor=lp, now=NOW, search=search, name=name)
        assert [one.starts for one in teachers] == ([expected] if expected else [])
    free = booking.get_free_times(actor=lp, now=NOW, search=search, teacher_id=emma.id)
    assert free.starts == expected


def test_a_long_lesson_does_not_begin_before_another_or_end_after_the_window(
    cn: Company, learner: Learner
) -> None:
    times = [half_hours_ahead(count=count) for count in range(4, 9)]
    emma = world.add_teacher(company=cn, name="Emma", opens=times)
    actor = asking.parent_of(family=learner.family)
    taken = half_hours_ahead(count=5)
    command = asking.to_book(learner=learner, teacher=emma, starts_at=taken)
    asking.book_one(actor=actor, command=command, now=NOW)
    search = Search(learner.id, "level7", START, END)
    found_times = booking.find_half_hours(actor=actor, now=NOW, search=search)
    assert [start for start, _ in found_times] == [half_hours_ahead(count=6)]


def test_a_long_lesson_starts_now_where_the_next_half_hour_is_open_too(
    cn: Company, learner: Learner
) -> None:
    long, short = (world.add_teacher(company=cn, name=name) for name in ("Emma", "Tom"))
    for teacher, count in ((long, 2), (short, 1)):
        times = [half_hours_ahead(count=1 + step) for step in range(count)]
        world.open_slots(company=cn, teacher=teacher, starts=times)
    parents = asking.parent_of(family=learner.family)
    for product, able in (("level7", {long.id}), ("major", {long.id, short.id})):
        found_now = find_teachers_at(
            actor=parents,
            now=NOW,
            learner_id=learner.id,
            product=product,
            start=half_hours_ahead(count=1),
            size=9,
        )
        assert set(found_now) == able
