"""Slots, seats and wallets in plain Python, as a person would keep them in a notebook.

Learners, teachers, lots and seats are numbers from 0 in the order they came; an answer is `done`
or the code of a refusal.
"""

import copy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

HALF_HOUR = timedelta(minutes=30)
NEVER = datetime.max.replace(tzinfo=UTC)
# What comes back into a lot past its time is good for so long again.
REVIVED = timedelta(days=7)
# half-hours and credits of one lesson
PRODUCTS = {"major": (1, 1), "special": (1, 2), "level7": (2, 3)}
Target = tuple[str, int | str]


@dataclass
class Slot:
    """A half-hour offered: for whom, until when, and the seat that has it."""

    target: Target | None = None
    until: datetime | None = None
    seat: int | None = None


@dataclass
class Lot:
    """Credits of a learner."""

    learner: int
    amount: int
    expires_at: datetime | None


@dataclass
class Seat:
    """A learner's place in a lesson, and which lots paid how much."""

    learner: int
    teacher: int
    cells: list[datetime]
    payments: list[tuple[int, int]]
    is_live: bool = True
    refunded: int = 0


@dataclass(frozen=True)
class Booking:
    """What is asked for."""

    learner: int
    teacher: int
    starts_at: datetime
    product: str = "major"


@dataclass
class Model:
    """The notebook. `families` says whose child each learner is."""

    now: datetime
    families: list[int]
    slots: dict[tuple[int, datetime], Slot] = field(default_factory=dict)
    lots: list[Lot] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    events: int = 0

    def release(self, teacher: int, starts: list[datetime]) -> list[str]:
        """Offer half-hours."""
        for start in starts:
            if start > self.now and (teacher, start) not in self.slots:
                self.slots[teacher, start] = Slot()
                self.events += 1
        return ["done" if start > self.now else "time_in_past" for start in starts]

    def withdraw(self, teacher: int, start: datetime) -> list[str]:
        """Take a half-hour back; the teacher does, but for what the office keeps for a product."""
        code = self._why_not_change(teacher, start)
        if code != "done":
            return [code]
        target = self.slots[teacher, start].target
        if target and target[0] == "product":
            return ["channel_may_not"]
        del self.slots[teacher, start]
        self.events += 1
        return ["done"]

    def target(
        self, teacher: int, start: datetime, target: Target | None, until: datetime | None
    ) -> list[str]:
        """Keep a half-hour for somebody; learners by the teacher, products by the office."""
        if until is not None and target is None:
            return ["reservation_without_target"]
        code = self._why_not_change(teacher, start)
        if code != "done":
            return [code]
        slot = self.slots[teacher, start]
        kind = target[0] if target else "student"
        if slot.target and slot.target[0] != kind:
            return ["channel_may_not"]
        slot.target, slot.until = target, until
        self.events += 1
        return ["done"]

    def _why_not_change(self, teacher: int, start: datetime) -> str:
        slot = self.slots.get((teacher, start))
        if slot is None:
            return "slot_not_open"
        return "done" if slot.seat is None else "slot_already_taken"

    def expire_reservations(self) -> int:
        """Strike out half-hours kept for too long."""
        over = [key for key, slot in self.slots.items() if slot.seat is None and self._over(slot)]
        for key in over:
            del self.slots[key]
        self.events += len(over)
        return len(over)

    def _over(self, slot: Slot) -> bool:
        return slot.until is not None and slot.until <= self.now

    def grant(self, learner: int, amount: int, expires_at: datetime | None) -> list[str]:
        """Give credits."""
        if amount <= 0:
            return ["amount_not_positive"]
        self.lots.append(Lot(learner, amount, expires_at))
        self.events += 1
        return ["done"]

    def expire_lots(self) -> int:
        """Strike out credits whose time is over."""
        over = [
            lot
            for lot in self.lots
            if lot.amount and lot.expires_at is not None and lot.expires_at <= self.now
        ]
        for lot in over:
            lot.amount = 0
        self.events += len(over)
        return len(over)

    def book(self, family: int | None, asked: list[Booking], all_or_none: bool) -> list[str]:
        """Book a list, one after the other."""
        before = copy.deepcopy(self.__dict__)
        codes = [self._book(family, one) for one in asked]
        return self._settled(codes, all_or_none, before)

    def _book(self, family: int | None, asked: Booking) -> str:
        length, price = PRODUCTS[asked.product]
        cells = [asked.starts_at + HALF_HOUR * n for n in range(length)]
        if family not in (None, self.families[asked.learner]):
            return "learner_not_found"
        if asked.starts_at <= self.now:
            return "time_in_past"
        for cell in cells:
            code = self._why_not_book(asked, cell)
            if code:
                return code
        if any((asked.learner, cell) in self.busy() for cell in cells):
            return "learner_busy"
        payments = self._pay(asked.learner, price)
        if payments is None:
            return "balance_too_low"
        for cell in cells:
            slot = self.slots[asked.teacher, cell]
            slot.seat = len(self.seats)
        self.seats.append(Seat(asked.learner, asked.teacher, cells, payments))
        self.events += 1
        return "done"

    def _why_not_book(self, asked: Booking, cell: datetime) -> str | None:
        slot = self.slots.get((asked.teacher, cell))
        if slot is None:
            return "slot_not_open"
        if slot.seat is not None:
            return "slot_already_taken"
        if self._over(slot):
            return "slot_not_open"
        if slot.target not in (None, ("student", asked.learner), ("product", asked.product)):
            return "slot_targeted"
        return None

    def _pay(self, learner: int, price: int) -> list[tuple[int, int]] | None:
        payments = []
        for expires_at, number in sorted(
            (lot.expires_at or NEVER, number) for number, lot in enumerate(self.lots)
        ):
            lot = self.lots[number]
            share = min(lot.amount, price)
            if lot.learner == learner and expires_at > self.now and share:
                payments.append((number, share))
                price -= share
        if price:
            return None
        for number, share in payments:
            self.lots[number].amount -= share
        return payments

    def cancel(self, family: int | None, seats: list[int], all_or_none: bool) -> list[str]:
        """Leave seats, one after the other."""
        before = copy.deepcopy(self.__dict__)
        codes = [self._cancel(family, number) for number in seats]
        return self._settled(codes, all_or_none, before)

    def _cancel(self, family: int | None, number: int) -> str:
        seat = self.seats[number]
        if family not in (None, self.families[seat.learner]):
            return "lesson_not_found"
        if not seat.is_live:
            return "lesson_already_cancelled"
        if seat.cells[0] <= self.now:
            return "lesson_already_started"
        seat.is_live = False
        for cell in seat.cells:
            self.slots[seat.teacher, cell].seat = None
        if family is None or seat.cells[0] - self.now >= timedelta(hours=24):
            for lot, share in seat.payments:
                seat.refunded += share
                self._give_back(self.lots[lot], share)
        self.events += 1
        return "done"

    def _give_back(self, lot: Lot, share: int) -> None:
        if lot.expires_at is not None and lot.expires_at <= self.now:
            # What was left has expired, whether or not the timer has come by.
            self.events += 1 + bool(lot.amount)
            lot.amount, lot.expires_at = 0, self.now + REVIVED
        lot.amount += share

    def _settled(self, codes: list[str], all_or_none: bool, before: dict[str, object]) -> list[str]:
        if not all_or_none or all(code == "done" for code in codes):
            return codes
        self.__dict__.update(before)
        return ["list_refused" if code == "done" else code for code in codes]

    def open(self) -> list[tuple[int, datetime]]:
        """Return the half-hours ahead that nobody has."""
        return sorted(k for k, slot in self.slots.items() if slot.seat is None and k[1] > self.now)

    def busy(self) -> set[tuple[int, datetime]]:
        """Return where learners are."""
        return {(seat.learner, cell) for seat in self.seats if seat.is_live for cell in seat.cells}
