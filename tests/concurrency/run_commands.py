"""Commands that act on one week's run of auto-booking."""

from dataclasses import dataclass
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from tests import world
from tests.concurrency.aftermath import Facts, aftermath
from tests.concurrency.in_order import Command, Group, ask, stays
from tests.concurrency.people_around import People, meet
from tests.world import NOW, Company
from yueke.inventory import commands as inventory
from yueke.notices.models import Event
from yueke.supply.autobooking import commands, weekly
from yueke.supply.autobooking.models import AutoRule
from yueke.supply.autobooking.wish import Wish
from yueke.supply.runs.models import WeeklyRow, WeeklyRun
from yueke.supply.runs.weeks import next_week
from yueke.supply.weeks import weekly_time

ZONE = "Asia/Shanghai"
WEEK = next_week(now=NOW, zone=ZONE)
MONDAY, TUESDAY = weekly_time(0, "19:00"), weekly_time(1, "19:00")
# A run is a market's: each scene is a market of its own.
_markets = count(1)


@dataclass
class Scene(People):
    """Eva is to have a lesson next week on Monday with Emma, or else on Tuesday with Tom."""

    def outcome(self) -> Facts:
        """Return everything the commands could have changed."""
        facts = aftermath(self)
        runs = WeeklyRun.objects.filter(market_id=self.company.market_id)
        # What a run reports as missed depends on when it looked.
        rows = WeeklyRow.objects.filter(run_id__in=runs.values("pk"), state="booked")
        facts["runs"] = [(one.state,) for one in runs]
        facts["rows"] = [(one.starts_at,) for one in rows]
        told = Event.objects.filter(market_id=self.company.market_id, kind__contains="_run.")
        facts["told"] = sorted(told.values_list("kind"))
        active = AutoRule.objects.filter(learner_id=self.learners["Eva"].pk)
        facts["rules"] = sorted(active.values_list("is_active", "lessons"))
        return facts


def _at(time: Any) -> Any:
    return time.at(WEEK.monday, ZoneInfo(ZONE))


def _lay_out(_: Company) -> Scene:
    company = world.open_company(code=f"m{next(_markets)}", zone=ZONE)
    opens = {"Emma": (_at(MONDAY),), "Tom": (_at(TUESDAY),)}
    people = meet(company, learners=("Eva", "Zoe"), teachers=opens)
    scene = Scene(company, people.learners, people.teachers)
    assert _store(scene, MONDAY, TUESDAY) == "done"
    return scene


def _store(scene: Scene, *times: Any) -> str:
    wish = Wish(scene.learners["Eva"].pk, "major", 1, [time.half_hour for time in times])
    return ask(scene.staff("lp"), commands.store, now=NOW, wish=wish)


def _of_rule(scene: Scene, command: Any, **given: Any) -> str:
    rule = AutoRule.objects.filter(learner_id=scene.learners["Eva"].pk).first()
    rule_id = rule.pk if rule else 0
    return ask(scene.staff("lp"), command, now=NOW, rule_id=rule_id, **given)


def _run(scene: Scene) -> None:
    run = weekly.start(market_id=scene.company.market_id, week=WEEK, now=NOW)
    weekly.go_on(run, now=lambda: NOW)


def _withdraw(scene: Scene) -> str:
    teacher_id = scene.teachers["Emma"].pk
    emma, withdraw = scene.teacher("Emma"), inventory.withdraw_slots
    return ask(emma, withdraw, now=NOW, teacher_id=teacher_id, starts=[_at(MONDAY)])


ON_ONE_RUN = Group(
    _lay_out,
    {"booked": stays},
    {
        "run": Command(_run, is_timer=True),
        "pause": Command(lambda s: _of_rule(s, commands.set_active, is_active=False)),
        "delete": Command(lambda s: _of_rule(s, commands.delete)),
        "store": Command(lambda s: _store(s, TUESDAY)),
        "book_eva": Command(lambda s: s.book(s.staff("lp"), "Eva", "Emma", _at(MONDAY))),
        "book_eva_else": Command(lambda s: s.book(s.staff("lp"), "Eva", "Tom", _at(TUESDAY))),
        "book_zoe": Command(lambda s: s.book(s.staff("lp"), "Zoe", "Emma", _at(MONDAY))),
        "withdraw": Command(_withdraw),
    },
    Scene.outcome,
)
