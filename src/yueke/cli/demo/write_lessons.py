"""Write lessons, seats, the time they take, and how they were booked and paid."""

from dataclasses import dataclass

import numpy as np

from yueke.cli.demo.catalogue import Catalogue
from yueke.cli.demo.columns import Column, Flags, Ints
from yueke.cli.demo.company import Company
from yueke.cli.demo.copying import Told, copy_arrays, json_of
from yueke.cli.demo.numbers import Numbers

# Who books one-to-one lessons; those in fours came with their batch.
_CHANNELS = {"parents-h5": 0.7, "parents-pc": 0.2, "lp": 0.1}


@dataclass(frozen=True)
class Kind:
    """Which of the two kinds of lesson, and its code and capacity."""

    code: str
    capacity: int
    in_fours: bool


_KINDS = (Kind("major", 1, False), Kind("major4", 4, True))


def lesson_numbers(*, company: Company, numbers: Numbers) -> Ints:
    """Return each lesson's number: that of its first seat."""
    _, first = np.unique(company.seats.lesson, return_index=True)
    return numbers.booked + first


def write(
    *, company: Company, catalogue: Catalogue, numbers: Numbers, lessons: Ints, told: Told
) -> None:
    """Write all that a booking writes, for every seat."""
    in_fours = company.offers.in_fours[company.lessons.offer]
    for kind in _KINDS:
        _lessons(kind, in_fours == kind.in_fours, company, catalogue, numbers, lessons, told)
    if len(lessons):
        _seats(company, catalogue, numbers, lessons, told)
        _payments(company, catalogue, numbers, told)
        _events(in_fours[company.seats.lesson], company, catalogue, numbers, lessons, told)


def _lessons(
    kind: Kind,
    mine: Flags,
    company: Company,
    catalogue: Catalogue,
    numbers: Numbers,
    lessons: Ints,
    told: Told,
) -> None:
    courses = [catalogue.courses.get((kind.code, level), 0) for level in range(7)]
    columns: dict[str, Column] = {
        "id": lessons[mine],
        "market_id": np.int32(catalogue.market),
        "product_id": np.int64(catalogue.products[kind.code]),
        "course_id": np.array(courses, np.int64)[company.lessons.level[mine]],
        "teacher_id": numbers.teacher + company.offers.teacher[company.lessons.offer[mine]],
        "starts_at": company.lessons.starts[mine],
        "cells": np.int16(1),
        "capacity": np.int16(kind.capacity),
        "seats_taken": company.lessons.seats[mine].astype(np.int16),
        "state": b"booked",
    }
    copy_arrays("lesson", columns, told=told)


def _seats(
    company: Company, catalogue: Catalogue, numbers: Numbers, lessons: Ints, told: Told
) -> None:
    seats = company.seats
    ids = numbers.booked + np.arange(len(seats.learner))
    columns: dict[str, Column] = {
        "market_id": np.int32(catalogue.market),
        "learner_id": numbers.learner + seats.learner,
        "starts_at": company.lessons.starts[seats.lesson],
    }
    paid: dict[str, Column] = {
        "id": ids,
        "lesson_id": lessons[seats.lesson],
        "state": b"live",
        "asset": b"credit",
        "paid": np.int32(1),
        "refunded": np.int32(0),
    }
    copy_arrays("seat", columns | paid, told=told)
    copy_arrays("seat_cell", columns | {"seat_id": ids}, told=told)


def _payments(company: Company, catalogue: Catalogue, numbers: Numbers, told: Told) -> None:
    seats = company.seats
    ids = numbers.booked + np.arange(len(seats.learner))
    columns: dict[str, Column] = {
        "event_id": ids,
        "part": np.int16(0),
        "market_id": np.int32(catalogue.market),
        "learner_id": numbers.learner + seats.learner,
        "kind": b"spend",
        "asset": b"credit",
        "from_account_id": numbers.lot + company.lots.paying(company.learners.count)[seats.learner],
        "to_account_id": np.int64(catalogue.accounts["spent", "credit"]),
        "amount": np.int32(1),
        "seat_id": ids,
        "at": seats.booked_at,
    }
    copy_arrays("transfer", columns, told=told)


def _events(
    in_fours: Flags,
    company: Company,
    catalogue: Catalogue,
    numbers: Numbers,
    lessons: Ints,
    told: Told,
) -> None:
    seats = company.seats
    parents = numbers.family_user + company.learners.family[seats.learner]
    # Spread over the channels, but the same for a learner each time.
    share = (seats.learner * 0.6180339887) % 1
    least = 0.0
    for channel, part in _CHANNELS.items():
        mine = ~in_fours & (share >= least) & (share < least + part)
        least += part
        actor = parents if channel != "lp" else np.full(len(parents), catalogue.users["lp"])
        _booked(mine, "major", channel, "user", actor, company, catalogue, numbers, lessons, told)
    nobody = np.zeros(len(parents), np.int64)
    _booked(in_fours, "major4", "system", "job", nobody, company, catalogue, numbers, lessons, told)


def _booked(
    mine: Flags,
    product: str,
    channel: str,
    actor_kind: str,
    actor: Ints,
    company: Company,
    catalogue: Catalogue,
    numbers: Numbers,
    lessons: Ints,
    told: Told,
) -> None:
    lesson = company.seats.lesson[mine]
    data = f'{{"product": "{product}", "asset": "credit", "paid": 1}}'
    columns: dict[str, Column] = {
        "id": numbers.booked + np.flatnonzero(mine),
        "market_id": np.int32(catalogue.market),
        "at": company.seats.booked_at[mine],
        "kind": b"lesson.booked",
        "channel": channel.encode(),
        "actor_kind": actor_kind.encode(),
        "actor_id": actor[mine],
        "reason": b"batch" if product == "major4" else b"",
        "lesson_id": lessons[lesson],
        "learner_id": numbers.learner + company.seats.learner[mine],
        "teacher_id": numbers.teacher + company.offers.teacher[company.lessons.offer[lesson]],
        "starts_at": company.lessons.starts[lesson],
        "data": json_of(data),
    }
    copy_arrays("event", columns, told=told)
