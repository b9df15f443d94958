"""The real rooms, spoken to in the numbers of the model, and read back as the model is."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests import asking, world
from tests.properties.model import Booking, Target
from tests.world import NOW, Company
from yueke.booking.models import Lesson, Seat, SeatCell
from yueke.booking.orders import Booked, CancelSeat, Order
from yueke.inventory import commands as inventory
from yueke.inventory import orders
from yueke.inventory.models import Slot
from yueke.kernel.actor import Actor
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.notices.models import Event
from yueke.notices.once import Request
from yueke.people.models import Learner, Teacher
from yueke.wallet import commands as wallet
from yueke.wallet.models import Account, Transfer

Targeting = tuple[str, int | str] | None


@dataclass
class System:
    """One company with its people in order, and the rows of what came later in order."""

    company: Company
    learners: list[Learner]
    teachers: list[Teacher]
    lots: list[int] = field(default_factory=list)
    seats: list[int] = field(default_factory=list)

    def office(self, channel: str) -> Actor:
        """Return staff behind a channel."""
        return asking.staff_of(market_id=self.company.market_id, channel=channel)

    def booker(self, family: int | None) -> Actor:
        """Return the family of that number, or staff."""
        if family is None:
            return self.office("lp")
        return asking.parent_of(family=self.learners[family].family)

    def release(self, request: Request, teacher: int, starts: list[datetime]) -> list[str]:
        """Release half-hours; the request is the teacher's."""
        return asking.codes_of(
            inventory.release_slots(request, teacher_id=self.teachers[teacher].id, starts=starts)
        )

    def withdraw(self, request: Request, teacher: int, start: datetime) -> list[str]:
        """Withdraw a half-hour."""
        return asking.codes_of(
            inventory.withdraw_slots(request, teacher_id=self.teachers[teacher].id, starts=[start])
        )

    def target(
        self,
        request: Request,
        teacher: int,
        start: datetime,
        target: Target | None,
        until: datetime | None,
    ) -> list[str]:
        """Target a half-hour."""
        answer = inventory.target_slots(
            request,
            teacher_id=self.teachers[teacher].id,
            starts=[start],
            target=self._target(target),
            reserved_until=until,
        )
        return asking.codes_of(answer)

    def _target(self, target: Target | None) -> orders.Target | None:
        if target is None:
            return None
        kind, which = target
        rows = self.learners[which] if isinstance(which, int) else self.company.products[which]
        return orders.Target(kind, rows.id)

    def grant(
        self, request: Request, learner: int, amount: int, expires_at: datetime | None
    ) -> list[str]:
        """Grant credits."""
        answer = wallet.grant(
            request,
            learner_id=self.learners[learner].id,
            asset="credit",
            amount=amount,
            expires_at=expires_at,
        )
        if not answer.replayed:
            self.lots += [one.lot_id for one in answer.results if not isinstance(one, Refusal)]
        return asking.codes_of(answer)

    def to_book(
        self, family: int | None, asked: list[Booking], *, all_or_none: bool = False
    ) -> Order[Any]:
        """Return the order that books a list."""
        commands = [
            asking.to_book(
                learner=self.learners[one.learner],
                teacher=self.teachers[one.teacher],
                starts_at=one.starts_at,
                product=one.product,
            )
            for one in asked
        ]
        actor = self.booker(family)
        return asking.order_of(actor=actor, commands=commands, all_or_none=all_or_none)

    def book(self, orders: list[Order[Any]], now: datetime) -> list[list[str]]:
        """Carry out booking orders in one call."""
        answers = asking.book_orders(orders=orders, now=now)
        for answer in answers:
            if isinstance(answer, Answer) and not answer.replayed:
                self.seats += [one.seat_id for one in answer.results if isinstance(one, Booked)]
        return [_codes(answer) for answer in answers]

    def to_cancel(
        self, family: int | None, seats: list[int], *, all_or_none: bool = False
    ) -> Order[Any]:
        """Return the order that leaves seats."""
        commands = [CancelSeat(self.seats[number]) for number in seats]
        actor = self.booker(family)
        return asking.order_of(actor=actor, commands=commands, all_or_none=all_or_none)

    def cancel(self, orders: list[Order[Any]], now: datetime) -> list[list[str]]:
        """Carry out cancelling orders in one call."""
        return [_codes(one) for one in asking.cancel_orders(orders=orders, now=now)]

    def slots(self) -> dict[tuple[int, datetime], tuple[Targeting, datetime | None, int | None]]:
        """Return each slot: target, end of reservation, seat."""
        rows = Slot.objects.filter(market_id=self.company.market_id)
        return {
            (self._teacher(row.teacher_id), row.starts_at): (
                self._targeting(row),
                row.reserved_until,
                None if row.lesson_id is None else self.seats.index(row.lesson_id),
            )
            for row in rows
        }

    def _teacher(self, row: int) -> int:
        return [teacher.id for teacher in self.teachers].index(row)

    def _learner(self, row: int) -> int:
        return [learner.id for learner in self.learners].index(row)

    def _targeting(self, row: Slot) -> Targeting:
        if row.target_kind is None or row.target_id is None:
            return None
        if row.target_kind == "student":
            return ("student", self._learner(row.target_id))
        codes = {product.id: code for code, product in self.company.products.items()}
        return ("product", codes[row.target_id])

    def balances(self) -> list[int]:
        """Return what is left in each lot."""
        rows = dict(Account.objects.filter(id__in=self.lots).values_list("id", "balance"))
        return [rows[lot] for lot in self.lots]

    def seat_rows(self) -> list[tuple[int, datetime, bool, int, int]]:
        """Return each seat: learner, start, whether live, paid, refunded."""
        rows = {row.id: row for row in Seat.objects.filter(market_id=self.company.market_id)}
        assert set(rows) == set(self.seats)
        return [
            (
                self._learner(row.learner_id),
                row.starts_at,
                row.state == "live",
                row.paid,
                row.refunded,
            )
            for row in (rows[seat] for seat in self.seats)
        ]

    def busy(self) -> set[tuple[int, datetime]]:
        """Return where learners are."""
        rows = SeatCell.objects.filter(market_id=self.company.market_id)
        return {(self._learner(row.learner_id), row.starts_at) for row in rows}

    def events(self) -> int:
        """Return how many changes the log tells of."""
        return Event.objects.filter(market_id=self.company.market_id).count()

    def check_books(self) -> None:
        """Assert that ledger, seats and lessons agree, whatever the model says (I-3 to I-5)."""
        market_id = self.company.market_id
        moved, paid = Counter[int](), Counter[tuple[int | None, str]]()
        for entry in Transfer.objects.filter(market_id=market_id):
            moved[entry.to_account_id] += entry.amount
            moved[entry.from_account_id] -= entry.amount
            paid[entry.seat_id, entry.kind] += entry.amount
        assert self.balances() == [moved[lot] for lot in self.lots]
        live = Counter[int]()
        for seat in Seat.objects.filter(market_id=market_id):
            live[seat.lesson_id] += seat.state == "live"
            assert paid[seat.id, "spend"] == seat.paid
            assert paid[seat.id, "refund"] == seat.refunded <= seat.paid
        for lesson in Lesson.objects.filter(market_id=market_id):
            assert lesson.seats_taken == live[lesson.id] <= lesson.capacity
            assert (lesson.state == "booked") == (live[lesson.id] > 0)


def _codes(answer: Answer[Any] | Refusal) -> list[str]:
    return [answer.code] if isinstance(answer, Refusal) else asking.codes(answer.results)


def found_company(*, code: str) -> System:
    """Found a company of three learners, two of them siblings, and two teachers."""
    company = world.open_company(code=code)
    eldest = world.add_learner(company=company, credit=0)
    sibling = world.add_learner(company=company, family=eldest.family, credit=0)
    other = world.add_learner(company=company, credit=0)
    teachers = [world.add_teacher(company=company) for _ in range(2)]
    assert not Event.objects.filter(market_id=company.market_id, at__gt=NOW).exists()
    return System(company, [eldest, sibling, other], teachers)
