"""Write lessons, seats, the time they take, and how they were booked and paid."""

from dataclasses import dataclass

import numpy as np

from yueke.cli.demo.columns import Column, Flags, Floats, Ints
from yueke.cli.demo.company import Company
from yueke.cli.demo.copying import copy_arrays, json_of
from yueke.cli.demo.numbers import Numbers
from yueke.cli.demo.writing import Writing


@dataclass(frozen=True)
class Kind:
    """One of the two kinds of lesson: its code, its capacity, and who books it how often."""

    code: str
    capacity: int
    in_fours: bool
    channels: dict[str, float]


_KINDS = (
    Kind("major", 1, False, {"parents-h5": 0.7, "parents-pc": 0.2, "lp": 0.1}),
    # Lessons in fours come with their batch.
    Kind("major4", 4, True, {"system": 1.0}),
)


def lesson_numbers(*, company: Company, numbers: Numbers) -> Ints:
    """Return each lesson's number: that of its first seat."""
    _, first = np.unique(company.seats.lesson, return_index=True)
    return numbers.booked + first


def write(writing: Writing, *, lessons: Ints) -> None:
    """Write all that a booking writes, for every seat."""
    company = writing.company
    in_fours = company.offers.in_fours[company.lessons.offer]
    _seats(writing, lessons)
    _payments(writing)
    for kind in _KINDS:
        mine = in_fours == kind.in_fours
        _lessons(writing, lessons, kind, mine)
        seats = mine[company.seats.lesson]
        share = _share(company.seats.learner)
        least = 0.0
        for channel, part in kind.channels.items():
            booked = seats & (least <= share) & (share < least + part)
            _events(writing, lessons, kind, channel, booked)
            least += part


def _share(learner: Ints) -> Floats:
    """Spread learners over [0, 1), so that each always books through the same channel."""
    shares: Floats = learner.astype(np.float64) * 0.6180339887 % 1
    return shares


def _lessons(writing: Writing, lessons: Ints, kind: Kind, mine: Flags) -> None:
    company, catalogue = writing.company, writing.catalogue
    courses = [catalogue.courses.get((kind.code, level), 0) for level in range(7)]
    columns: dict[str, Column] = {
        "id": lessons[mine],
        "market_id": writing.market,
        "product_id": np.int64(catalogue.products[kind.code]),
        "course_id": np.array(courses, np.int64)[company.lessons.level[mine]],
        "teacher_id": writing.numbers.teacher + company.offers.teacher[company.lessons.offer[mine]],
        "starts_at": company.lessons.starts[mine],
        "cells": np.int16(1),
        "capacity": np.int16(kind.capacity),
        "seats_taken": company.lessons.seats[mine].astype(np.int16),
        "state": b"booked",
    }
    copy_arrays("lesson", columns, told=writing.told)


def _seats(writing: Writing, lessons: Ints) -> None:
    seats = writing.company.seats
    ids = writing.numbers.booked + np.arange(len(seats.learner))
    time: dict[str, Column] = {
        "market_id": writing.market,
        "learner_id": writing.numbers.learner + seats.learner,
        "starts_at": writing.company.lessons.starts[seats.lesson],
    }
    paid: dict[str, Column] = {
        "id": ids,
        "lesson_id": lessons[seats.lesson],
        "state": b"live",
        "asset": b"credit",
        "paid": np.int32(1),
        "refunded": np.int32(0),
    }
    copy_arrays("seat", time | paid, told=writing.told)
    copy_arrays("seat_cell", time | {"seat_id": ids}, told=writing.told)


def _payments(writing: Writing) -> None:
    company, numbers = writing.company, writing.numbers
    learner = company.seats.learner
    ids = numbers.booked + np.arange(len(learner))
    columns: dict[str, Column] = {
        "event_id": ids,
        "part": np.int16(0),
        "market_id": writing.market,
        "learner_id": numbers.learner + learner,
        "kind": b"spend",
        "asset": b"credit",
        "from_account_id": numbers.lot + company.lots.paying(company.learners.count)[learner],
        "to_account_id": np.int64(writing.catalogue.accounts["spent", "credit"]),
        "amount": np.int32(1),
        "seat_id": ids,
        "at": company.seats.booked_at,
    }
    copy_arrays("transfer", columns, told=writing.told)


def _events(writing: Writing, lessons: Ints, kind: Kind, channel: str, mine: Flags) -> None:
    company, numbers = writing.company, writing.numbers
    lesson, learner = company.seats.lesson[mine], company.seats.learner[mine]
    parent = numbers.family_user + company.learners.family[learner]
    staff = writing.catalogue.users.get(channel)
    actors: dict[str, Column] = {"actor_kind": b"user", "actor_id": parent}
    if kind.in_fours:
        actors = {"actor_kind": b"job", "actor_id": np.int64(0)}
    elif staff is not None:
        actors = {"actor_kind": b"user", "actor_id": np.int64(staff)}
    columns: dict[str, Column] = {
        "id": numbers.booked + np.flatnonzero(mine),
        "market_id": writing.market,
        "at": company.seats.booked_at[mine],
        "kind": b"lesson.booked",
        "channel": channel.encode(),
        "reason": b"batch" if kind.in_fours else b"",
        "lesson_id": lessons[lesson],
        "learner_id": numbers.learner + learner,
        "teacher_id": numbers.teacher + company.offers.teacher[company.lessons.offer[lesson]],
        "starts_at": company.lessons.starts[lesson],
        "data": json_of(f'{{"product": "{kind.code}", "asset": "credit", "paid": 1}}'),
    }
    copy_arrays("event", columns | actors, told=writing.told)
