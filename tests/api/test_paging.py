"""Going from page to page meets every row exactly once, whatever comes in on the way."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest

from tests import snapshot, world
from tests.served import Caller, Desk, ahead, booking, done, id_of, refused
from yueke.kernel.grid import show_instant
from yueke.people import public_ids

Row = dict[str, Any]
NOTHING: Mapping[str, str] = {}
BETWEEN = {"from": show_instant(ahead(hours=24)), "to": show_instant(ahead(hours=24 * 14))}


def no_change() -> None:
    """Let nothing come in between two pages."""


def rows_of(
    caller: Caller,
    path: str,
    name: str,
    *,
    limit: int,
    asked: Mapping[str, str] = NOTHING,
    between: Callable[[], object] = no_change,
) -> list[Row]:
    """Return the rows of every page, each of which but the last must be full."""
    rows: list[Row] = []
    page = done(caller.get(path, limit=limit, **asked))
    while page["next"]:
        assert len(page[name]) == limit
        rows += page[name]
        between()
        page = done(caller.get(path, limit=limit, cursor=page["next"], **asked))
    assert len(page[name]) < limit
    rows += page[name]
    return rows


@pytest.mark.parametrize("limit", [1, 3, 7, 8])
def test_every_lesson_once_in_order_of_time(company: Desk, limit: int) -> None:
    starts = [ahead(hours=48 + count // 2) for count in range(7)]
    lp, seats = company.caller("lp"), []
    for start in starts:
        emma, learner = company.teacher(start), company.learner(credit=1)
        seats.append(done(lp.post("/bookings", booking(learner, emma, start)))["seat"])
    found = rows_of(lp, "/lessons", "lessons", limit=limit)
    assert sorted(row["seat"] for row in found) == sorted(seats)
    assert [row["starts_at"] for row in found] == [show_instant(start) for start in starts]


def test_lessons_cancelled_and_booked_on_the_way_move_no_other(company: Desk) -> None:
    starts = [ahead(hours=48 + count) for count in range(8)]
    before, after = ahead(hours=40), ahead(hours=80)
    emma, learner = company.teacher(before, *starts, after), company.learner(credit=12)
    lp = company.caller("lp")
    seats = [done(lp.post("/bookings", booking(learner, emma, start)))["seat"] for start in starts]
    changes: list[Callable[[], object]] = [
        lambda: done(lp.post("/bookings", booking(learner, emma, before))),
        lambda: done(lp.post("/cancellations", {"seat": seats[0]})),
        lambda: done(lp.post("/bookings", booking(learner, emma, after))),
        no_change,
    ]

    def something_happens() -> None:
        changes.pop(0)()

    found = rows_of(
        lp, "/lessons", "lessons", limit=2, between=something_happens, asked={"state": "live"}
    )
    assert not changes
    assert [row["seat"] for row in found[:-1]] == seats
    assert found[-1]["starts_at"] == show_instant(after)


@pytest.mark.parametrize("limit", [1, 4, 9])
def test_every_learner_once_in_order_of_name(company: Desk, limit: int) -> None:
    # Names that are the same, and one with what a cursor is made of.
    names = ["Ann", "Ann", "Ann", "Bo~b", "陈小雨", "陈小雨", "Zoë"]
    ids = {id_of(company.learner(name=name, credit=0)) for name in names}
    found = rows_of(company.caller("lp"), "/learners", "learners", limit=limit)
    assert len(found) == len(names)
    assert {row["id"] for row in found} == ids


def test_a_learner_who_joins_on_the_way_moves_no_other(company: Desk) -> None:
    ids = [id_of(company.learner(name=f"B{count}", credit=0)) for count in range(7)]
    found = rows_of(
        company.caller("lp"),
        "/learners",
        "learners",
        limit=2,
        between=lambda: company.learner(name="A", credit=0),
    )
    assert [row["id"] for row in found] == ids


@pytest.mark.parametrize("limit", [1, 2, 5, 50])
def test_every_entry_once_last_to_first(company: Desk, limit: int) -> None:
    starts = [ahead(hours=48 + count) for count in range(4)]
    emma, learner = company.teacher(*starts), company.learner(credit=0)
    for amount in (1, 2, 1):
        company.lot(learner, asset="credit", amount=amount)
    lp = company.caller("lp")
    # One list writes its entries at one instant, and special lessons take two lots each.
    lessons = [booking(learner, emma, start, "special") for start in starts[:2]]
    assert done(lp.post("/booking-lists", {"lessons": lessons}))["booked"] == 2
    path = f"/learners/{id_of(learner)}/entries"
    every = done(lp.get(path, limit=200))["entries"]
    found = rows_of(lp, path, "entries", limit=limit)
    assert found == every
    assert sum(row["change"] for row in found) == 0
    assert [row["change"] for row in found[-3:]] == [1, 2, 1]


def test_entries_that_come_in_on_the_way_move_no_other(company: Desk) -> None:
    learner = company.learner(credit=0)
    for amount in range(1, 8):
        company.lot(learner, asset="credit", amount=amount)
    found = rows_of(
        company.caller("lp"),
        f"/learners/{id_of(learner)}/entries",
        "entries",
        limit=2,
        between=lambda: company.lot(learner, asset="credit", amount=100),
    )
    assert [row["change"] for row in found] == [7, 6, 5, 4, 3, 2, 1]


@pytest.mark.parametrize("limit", [1, 2, 3, 7])
def test_every_event_once_of_a_lesson_first_to_last_and_of_a_learner_last_to_first(
    company: Desk, limit: int
) -> None:
    start = ahead(hours=48)
    emma, learner = company.teacher(start), company.learner(credit=0)
    for amount in (1, 2):
        company.lot(learner, asset="credit", amount=amount)
    lp = company.caller("lp")
    seat = done(lp.post("/bookings", booking(learner, emma, start, "special")))["seat"]
    done(lp.post("/cancellations", {"seat": seat}))
    of_slot = {"teacher": id_of(emma), "starts_at": show_instant(start)}
    lists = {
        "lesson": ({"seat": seat}, ["lesson.booked", "lesson.cancelled"]),
        "slot": (of_slot, ["slot.released", "lesson.booked", "lesson.cancelled"]),
        "learner": (
            {"learner": id_of(learner)},
            ["lesson.cancelled", "lesson.booked", "wallet.granted", "wallet.granted"],
        ),
    }
    for asked, kinds in lists.values():
        found = rows_of(lp, "/events", "events", limit=limit, asked=asked)
        assert [row["kind"] for row in found] == kinds
        assert len({row["id"] for row in found}) == len(kinds)


@pytest.mark.parametrize("limit", [1, 3, 8])
def test_every_teacher_once_best_rating_first(company: Desk, limit: int) -> None:
    start, learner = ahead(hours=48), company.learner()
    ratings = [490, 480, 480, 480, 300, 0, 490]
    ids = [id_of(company.teacher(start, rating=rating)) for rating in ratings]
    asked = {"learner": id_of(learner), "product": "major", **BETWEEN}
    found = rows_of(company.caller("lp"), "/teachers", "teachers", limit=limit, asked=asked)
    assert sorted(row["id"] for row in found) == sorted(ids)
    assert [row["rating"] for row in found] == sorted(
        (rating / 100 for rating in ratings), reverse=True
    )


LISTS = ("/lessons", "/learners", "/learners/{learner}/entries", "/teachers", "/events")
CURSORS = (
    "",
    "next",
    "1",
    "~",
    "1~",
    "~" + public_ids.show("cur", 1),
    "-1~" + public_ids.show("cur", 1),
    "٣~" + public_ids.show("cur", 1),
    "9" * 40 + "~" + public_ids.show("cur", 1),
    "1~" + public_ids.show("lrn", 1),
    "1~" + public_ids.show("cur", 1) + " ",
    "1~" + public_ids.show("cur", 1)[:-1],
    "1~cur_\0",
    "x" * 5000,
)


def needed(path: str, learner: str) -> dict[str, str]:
    """Return what a list cannot be asked for without."""
    if path == "/teachers":
        return {"learner": learner, "product": "major", **BETWEEN}
    return {"learner": learner} if path == "/events" else {}


@pytest.mark.parametrize("path", LISTS)
def test_a_cursor_that_no_page_gave_is_refused(company: Desk, path: str) -> None:
    learner, lp = id_of(company.learner()), company.caller("lp")
    asked = needed(path, learner)
    before = snapshot.take()
    for cursor in CURSORS:
        answer = lp.get(path.format(learner=learner), cursor=cursor, **asked)
        assert refused(answer) == (422, "cursor_invalid"), cursor
    assert snapshot.changes(before) == {}


def test_a_cursor_of_another_list_is_refused(company: Desk) -> None:
    mine, other = company.learner(credit=1), company.learner(credit=1)
    lp = company.caller("lp")
    path = "/learners/{}/entries".format
    of_learners = done(lp.get("/learners", limit=1))["next"]
    of_entries = done(lp.get(path(id_of(other)), limit=1))["next"]
    for cursor in (of_learners, of_entries, "99999999999" + of_entries[1:]):
        answer = lp.get(path(id_of(mine)), cursor=cursor)
        assert refused(answer) == (422, "cursor_invalid"), cursor


def test_a_cursor_of_another_list_names_no_teacher(company: Desk) -> None:
    start, learner = ahead(hours=48), company.learner()
    lp, emma = company.caller("lp"), company.teacher(start)
    done(lp.post("/bookings", booking(learner, emma, start)))
    of_lessons = done(lp.get("/lessons", limit=1))["next"]
    asked = {"learner": id_of(learner), "product": "major", **BETWEEN}
    answer = lp.get("/teachers", cursor=of_lessons, **asked)
    assert refused(answer) == (422, "cursor_invalid")


@pytest.mark.parametrize("path", LISTS)
def test_a_page_of_no_rows_or_far_too_many_is_refused(company: Desk, path: str) -> None:
    learner, lp = id_of(company.learner()), company.caller("lp")
    asked = needed(path, learner)
    for limit in ("0", "-1", "1e3", "", "many", "100000", "000000001" + "0" * 5000):
        answer = lp.get(path.format(learner=learner), limit=limit, **asked)
        assert refused(answer) == (422, "body_invalid"), limit


@pytest.mark.parametrize("path", LISTS)
def test_nothing_found_is_one_empty_page(company: Desk, path: str) -> None:
    learner = company.learner(credit=0, name="陈小雨")
    stranger = world.add_family(company=company.company)
    caller = company.caller("lp", family=stranger if path in ("/lessons", "/learners") else None)
    asked = needed(path, id_of(learner))
    page = done(caller.get(path.format(learner=id_of(learner)), **asked))
    assert page.pop("next") is None
    assert list(page.values()) == [[]]


def test_a_page_holds_what_its_window_holds(company: Desk) -> None:
    starts = [ahead(hours=48 + count) for count in range(6)]
    emma, learner = company.teacher(*starts), company.learner()
    lp = company.caller("lp")
    for start in starts:
        done(lp.post("/bookings", booking(learner, emma, start)))
    first, last = starts[1], starts[4] + timedelta(minutes=30)
    window = {"learner": id_of(learner), "from": show_instant(first), "to": show_instant(last)}
    found = rows_of(lp, "/lessons", "lessons", limit=2, asked=window)
    assert [row["starts_at"] for row in found] == [show_instant(start) for start in starts[1:5]]
