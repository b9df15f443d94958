"""Commands that act on time of a dedicated teacher, and on one lost lesson."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests import asking
from tests.concurrency.aftermath import Facts, aftermath
from tests.concurrency.in_order import Command, Group, ask, stays
from tests.concurrency.people_around import People, meet
from tests.world import NOW, Company, half_hours_ahead
from yueke.booking.models import Seat
from yueke.booking.orders import CancelSeat
from yueke.inventory import commands as inventory
from yueke.supply.catchups import commands as catchups
from yueke.supply.catchups.commands import Instead
from yueke.supply.catchups.lost import LostKey
from yueke.supply.catchups.models import CatchUp
from yueke.supply.dedicated import commands as dedicated
from yueke.supply.dedicated import priority
from yueke.supply.dedicated.commands import Choice
from yueke.supply.dedicated.models import Dedicated
from yueke.supply.runs.models import WeeklyRow, WeeklyRun
from yueke.supply.weeks import monday_of

START = half_hours_ahead(count=100)
WEEK = monday_of(NOW, ZoneInfo("Asia/Shanghai"))
# What is kept by priority is anyone's then.
FREE = NOW + timedelta(hours=48)


def _lay_out_own(company: Company) -> People:
    """Lay out a half-hour of Emma, who is Eva's own teacher; Zoe wants it as well."""
    people = meet(company, learners=("Eva", "Zoe"), teachers={"Emma": (START,), "Tom": (START,)})
    assert _choose(people, "Emma") == "done"
    return people


def _choose(people: People, teacher: str) -> str:
    choice = Choice(people.learners["Eva"].pk, "major", people.teachers[teacher].pk)
    return ask(people.staff("lp"), dedicated.choose, now=NOW, choice=choice)


def _of_eva(people: People, command: Any, **given: Any) -> str:
    """Give a command of Eva's family."""
    learner_id = people.learners["Eva"].pk
    return ask(people.family("Eva"), command, now=NOW, learner_id=learner_id, **given)


def _keep(people: People) -> None:
    priority.keep_week(market_id=people.company.market_id, week=WEEK, now=NOW)


def _withdraw(people: People) -> str:
    teacher_id = people.teachers["Emma"].pk
    emma, withdraw = people.teacher("Emma"), inventory.withdraw_slots
    return ask(emma, withdraw, now=NOW, teacher_id=teacher_id, starts=[START])


def _free(people: People) -> None:
    inventory.expire_reservations(now=FREE)


def _outcome_own(people: People) -> Facts:
    facts = aftermath(people)
    teachers = {one.pk: name for name, one in people.teachers.items()}
    chosen = Dedicated.objects.filter(learner_id=people.learners["Eva"].pk)
    facts["own"] = sorted((teachers[one.teacher_id], one.ended_at is None) for one in chosen)
    return facts


_KEPT, _BOTH = ("kept",), ("booked", "kept")

ON_OWN_TIME = Group(
    _lay_out_own,
    {"booked": stays, "kept": _keep},
    {
        "priority": Command(
            lambda s: _of_eva(s, priority.book_priority, product="major", starts_at=START), _BOTH
        ),
        "book": Command(lambda s: s.book(s.staff("lp"), "Eva", "Emma", START), _BOTH),
        "public": Command(lambda s: s.book(s.staff("lp"), "Zoe", "Emma", START), _BOTH),
        "keep": Command(_keep, is_timer=True),
        "free": Command(_free, _KEPT, is_timer=True),
        "leave": Command(lambda s: _of_eva(s, dedicated.leave, product="major"), _BOTH),
        "choose_tom": Command(lambda s: _choose(s, "Tom"), _BOTH),
        "withdraw": Command(_withdraw, _BOTH),
    },
    _outcome_own,
)


NOTHING = LostKey(CatchUp.Lost.SEAT, 0)


@dataclass
class Lost(People):
    """Eva has lost a lesson with Emma; Tom and Ann have time open for another."""

    key: LostKey = NOTHING

    def outcome(self) -> Facts:
        """Return everything the commands could have changed."""
        facts = aftermath(self)
        made = CatchUp.objects.filter(learner_id=self.learners["Eva"].pk)
        facts["caught up"] = [(one.free,) for one in made]
        return facts


def _lay_out_lost(company: Company) -> Lost:
    opens = dict.fromkeys(("Emma", "Tom", "Ann"), (START,))
    people = meet(company, learners=("Eva", "Zoe"), teachers=opens)
    return Lost(company, people.learners, people.teachers)


def _lose_seat(scene: Lost) -> None:
    """Book a lesson and cancel it."""
    assert scene.book(scene.staff("lp"), "Eva", "Emma", START) == ["done"]
    scene.key = LostKey(CatchUp.Lost.SEAT, Seat.objects.get(learner_id=scene.learners["Eva"].pk).pk)
    order = asking.order_of(actor=scene.staff("lp"), commands=[CancelSeat(scene.key.id)])
    assert asking.codes_of(asking.cancel_orders(orders=[order], now=NOW)[0]) == ["done"]


def _lose_row(scene: Lost) -> None:
    """Have a weekly run miss the lesson."""
    run, _ = WeeklyRun.objects.get_or_create(
        market_id=scene.company.market_id,
        kind=WeeklyRun.Kind.DEDICATED,
        week=WEEK,
        defaults={"started_at": NOW},
    )
    row = WeeklyRow.objects.create(
        run_id=run.pk,
        place=WeeklyRow.objects.filter(run_id=run.pk).count(),
        learner_id=scene.learners["Eva"].pk,
        product="major",
        teacher_id=scene.teachers["Emma"].pk,
        starts_at=START,
        state=WeeklyRow.State.MISSED,
    )
    scene.key = LostKey(CatchUp.Lost.RUN, run.pk, row.place)


def _catch_up(scene: Lost, teacher: str) -> str:
    instead = Instead(scene.teachers[teacher].pk, START)
    actor = scene.staff("lp")
    return ask(actor, catchups.catch_up, now=NOW, key=scene.key, instead=instead)


_LOST = ("seat", "row")

ON_ONE_LOST_LESSON = Group(
    _lay_out_lost,
    {"seat": _lose_seat, "row": _lose_row},
    {
        "with_tom": Command(lambda s: _catch_up(s, "Tom"), _LOST),
        "with_ann": Command(lambda s: _catch_up(s, "Ann"), _LOST),
        "book": Command(lambda s: s.book(s.staff("lp"), "Eva", "Tom", START), _LOST),
        "book_zoe": Command(lambda s: s.book(s.staff("lp"), "Zoe", "Tom", START), _LOST),
    },
    Lost.outcome,
)
