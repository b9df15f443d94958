"""All commands that act on one contract."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests import asking
from tests.concurrency.aftermath import Facts, aftermath
from tests.concurrency.in_order import Command, Group, ask, stays
from tests.concurrency.people_around import People, meet
from tests.world import NOW, Company
from yueke.booking.call_off import call_off
from yueke.booking.orders import CancelSeat
from yueke.supply.contracts import answer, extend
from yueke.supply.contracts.models import Contract, ContractLesson
from yueke.supply.contracts.orders import Part, Proposal
from yueke.supply.contracts.propose import propose
from yueke.supply.weeks import WEEK, monday_of, weekly_time

ZONE = ZoneInfo("Asia/Shanghai")
FIRST = monday_of(NOW, ZONE) + WEEK
THURSDAY = weekly_time(3, "19:30")
# The week that waits for the teacher; weeks before it are booked with the proposal.
_THIRD = THURSDAY.at(FIRST + 2 * WEEK, ZONE)
assert _THIRD is not None
THIRD = _THIRD


@dataclass
class Scene(People):
    """Eva has a dual pair: Emma on Thursdays, whose third week waits for her; Tom has it open."""

    contract_id: int = 0

    def first_seat(self) -> int:
        """Return the seat of the first week."""
        first = ContractLesson.objects.get(contract_id=self.contract_id, week=FIRST)
        return first.seat_id or 0

    def outcome(self) -> Facts:
        """Return everything the commands could have changed."""
        facts = aftermath(self)
        contracts = Contract.objects.filter(learner_id=self.learners["Eva"].pk)
        facts["contracts"] = sorted((one.pk, one.state, one.next_week) for one in contracts)
        facts["contracts"] = [row[1:] for row in facts["contracts"]]
        weeks = ContractLesson.objects.filter(contract_id=self.contract_id)
        facts["weeks"] = sorted((one.week, one.state, one.why) for one in weeks)
        return facts


def _lay_out(company: Company) -> Scene:
    people = meet(
        company,
        learners=("Eva", "Zoe"),
        teachers={"Lin": (), "Emma": (), "Tom": (THIRD,)},
        tags={"Lin": ("chinese",)},
        credit=10,
    )
    proposal = Proposal(
        people.learners["Eva"].pk,
        "major",
        FIRST,
        Part(people.teachers["Lin"].pk, weekly_time(1, "19:00")),
        Part(people.teachers["Emma"].pk, THURSDAY),
    )
    asked = asking.request(actor=people.staff("lp"), now=NOW)
    _, made = asking.done(propose(asked, proposal=proposal))
    extend.extend_all(now=NOW)
    return Scene(company, people.learners, people.teachers, made.contract_id)


def _answer(scene: Scene, actor: Any, command: Any) -> str:
    return ask(actor, command, now=NOW, contract_id=scene.contract_id)


def _cancel(scene: Scene) -> list[str]:
    """Cancel the lesson of the first week."""
    order = asking.order_of(actor=scene.staff("lp"), commands=[CancelSeat(scene.first_seat())])
    return asking.codes_of(asking.cancel_orders(orders=[order], now=NOW)[0])


def _expire(scene: Scene) -> None:
    """Give up the third week, whose answer never came."""
    extend.expire(now=THIRD - timedelta(hours=24))


ON_ONE_CONTRACT = Group(
    _lay_out,
    {"booked": stays},
    {
        "accept": Command(lambda s: _answer(s, s.teacher("Emma"), answer.accept)),
        "decline": Command(lambda s: _answer(s, s.teacher("Emma"), answer.decline)),
        "end": Command(lambda s: _answer(s, s.staff("lp"), answer.end)),
        "extend": Command(lambda s: extend.extend_all(now=NOW + WEEK), is_timer=True),
        "expire": Command(_expire, is_timer=True),
        "elsewhere": Command(lambda s: s.book(s.staff("lp"), "Eva", "Tom", THIRD)),
        "book_zoe": Command(lambda s: s.book(s.staff("lp"), "Zoe", "Emma", THIRD)),
        "cancel": Command(_cancel),
        "call_off": Command(
            lambda s: ask(s.teacher("Emma"), call_off, now=NOW, seat_id=s.first_seat())
        ),
    },
    Scene.outcome,
)
