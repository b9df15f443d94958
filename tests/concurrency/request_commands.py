"""All commands that act on one lesson request."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests import asking
from tests.concurrency.aftermath import Facts, aftermath
from tests.concurrency.in_order import Command, Group, ask, stays
from tests.concurrency.people_around import People, meet
from tests.world import NOW, Company, half_hours_ahead
from yueke.booking.models import Seat
from yueke.booking.orders import CancelSeat
from yueke.inventory import commands as inventory
from yueke.supply.requests import commands
from yueke.supply.requests.models import LessonRequest
from yueke.supply.requests.operations import Wish

START = half_hours_ahead(count=100)
TOO_LATE = NOW + timedelta(hours=25)


@dataclass
class Scene(People):
    """Emma is asked for a time of Eva's that she has not opened; Tom has it open, Zoe wants it."""

    request_id: int = 0

    def outcome(self) -> Facts:
        """Return everything the commands could have changed."""
        facts = aftermath(self)
        asked = LessonRequest.objects.filter(learner_id=self.learners["Eva"].pk)
        facts["requests"] = sorted(
            (one.pk != self.request_id, one.state, one.keep, one.seat_id is None) for one in asked
        )
        return facts


def _wish(people: People) -> Wish:
    return Wish(people.learners["Eva"].pk, people.teachers["Emma"].pk, START, "major")


def _lay_out(company: Company) -> Scene:
    people = meet(company, learners=("Eva", "Zoe"), teachers={"Emma": (), "Tom": (START,)})
    asked = asking.request(actor=people.staff("lp"), now=NOW)
    [made] = asking.done(commands.ask(asked, wish=_wish(people)))
    return Scene(company, people.learners, people.teachers, made.request_id)


def _emma(scene: Scene, command: Any, **given: Any) -> str:
    """Answer as Emma."""
    return ask(scene.teacher("Emma"), command, now=NOW, request_id=scene.request_id, **given)


def _cancel(scene: Scene) -> list[str]:
    """Cancel the lesson that was booked on acceptance."""
    seats = Seat.objects.filter(learner_id=scene.learners["Eva"].pk)
    command = CancelSeat(seats.values_list("pk", flat=True).first() or 0)
    order = asking.order_of(actor=scene.staff("lp"), commands=[command])
    return asking.codes_of(asking.cancel_orders(orders=[order], now=NOW)[0])


def _open_emma(scene: Scene) -> str:
    teacher_id = scene.teachers["Emma"].pk
    emma, release = scene.teacher("Emma"), inventory.release_slots
    return ask(emma, release, now=NOW, teacher_id=teacher_id, starts=[START])


def _force(scene: Scene) -> list[str]:
    fireman = scene.staff("fireman")
    return scene.book(fireman, "Zoe", "Emma", START, force=True, permission="force", keep=False)


def _expire(scene: Scene) -> None:
    commands.expire(now=TOO_LATE)


_ACCEPTED = ("accepted",)

ON_ONE_REQUEST = Group(
    _lay_out,
    {"booked": stays, "accepted": lambda s: _emma(s, commands.accept, keep=True)},
    {
        "accept": Command(lambda s: _emma(s, commands.accept)),
        "accept_and_keep": Command(lambda s: _emma(s, commands.accept, keep=True)),
        "reject": Command(lambda s: _emma(s, commands.reject)),
        "withdraw": Command(
            lambda s: ask(s.staff("lp"), commands.withdraw, now=NOW, request_id=s.request_id)
        ),
        "expire": Command(_expire, is_timer=True),
        "ask_again": Command(lambda s: ask(s.staff("lp"), commands.ask, now=NOW, wish=_wish(s))),
        "elsewhere": Command(lambda s: s.book(s.staff("lp"), "Eva", "Tom", START)),
        "force_zoe": Command(_force),
        "book_zoe": Command(lambda s: s.book(s.staff("lp"), "Zoe", "Emma", START)),
        "open": Command(_open_emma),
        "cancel": Command(_cancel, _ACCEPTED),
        "keep_no_more": Command(lambda s: _emma(s, commands.set_keep, keep=False), _ACCEPTED),
    },
    Scene.outcome,
)
