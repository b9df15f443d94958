"""The classroom's messages of who entered: late, doubled, lost and sent again, in any order."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.simulation.cast import Cast
from tests.simulation.hand import Hand
from yueke.booking.models import Seat
from yueke.booking.orders import Order
from yueke.kernel.refusal import Refusal
from yueke.supply.matching.enter import EnterRoom, enter_rooms

SHOWS_UP, DOUBLED, LOST = 0.9, 0.3, 0.1
LATE = (timedelta(minutes=2), timedelta(minutes=6), timedelta(minutes=14))


@dataclass(frozen=True)
class Message:
    """Who entered when, under the sender's key, and when it arrives."""

    arrives_at: datetime
    key: str
    seat_id: int
    entered_at: datetime


@dataclass
class Classroom:
    """What is under way, and what was answered: seats let in, and why others were not."""

    cast: Cast
    hand: Hand
    under_way: list[Message] = field(default_factory=list)
    let_in: set[int] = field(default_factory=set)
    refused: dict[int, str] = field(default_factory=dict)

    def bell(self, starts_at: datetime) -> None:
        """Have those who show up enter around the beginning of a half-hour."""
        rng = self.hand.rng
        live = Seat.objects.filter(starts_at=starts_at, state=Seat.State.LIVE).order_by("id")
        for seat_id in live.values_list("id", flat=True):
            if rng.random() < SHOWS_UP:
                entered_at = starts_at + timedelta(minutes=rng.randint(-9, 8))
                self._send(seat_id, entered_at)

    def _send(self, seat_id: int, entered_at: datetime) -> None:
        rng = self.hand.rng
        first = Message(entered_at, f"entry-{seat_id}", seat_id, entered_at)
        if rng.random() < LOST:
            # The learner's page says it again later, in words of its own.
            again = entered_at + rng.choice(LATE)
            first = Message(again, f"entry-{seat_id}-again", seat_id, entered_at)
        self.under_way.append(first)
        for late in LATE:
            if rng.random() < DOUBLED:
                self.under_way.append(
                    Message(first.arrives_at + late, first.key, seat_id, entered_at)
                )

    def deliver(self) -> None:
        """Deliver what has arrived by now, in any order, each at least once."""
        now, rng = self.hand.now, self.hand.rng
        arrived = [one for one in self.under_way if one.arrives_at <= now]
        self.under_way = [one for one in self.under_way if one.arrives_at > now]
        rng.shuffle(arrived)
        for one in arrived:
            self._enter(one)

    def _enter(self, message: Message) -> None:
        actor, now = self.cast.staff("classroom"), self.hand.now
        command = EnterRoom(message.seat_id, message.entered_at)
        order = Order(actor, message.key, message.key.encode().ljust(32), [command])

        def act() -> None:
            [answer] = enter_rooms(market_id=actor.market_id, now=now, orders=[order])
            result = answer if isinstance(answer, Refusal) else answer.results[0]
            if isinstance(result, Refusal):
                self.refused[message.seat_id] = result.code
            else:
                self.let_in.add(message.seat_id)

        self.hand.perhaps_die(act)
        act()
