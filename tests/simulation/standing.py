"""Deeds about what stands for weeks: requests, contracts, own teachers, rules, what was lost."""

from tests.simulation.cast import ZONE
from tests.simulation.drawing import Drawing
from yueke.supply.autobooking import commands as rules
from yueke.supply.autobooking.wish import Wish as WeeklyWish
from yueke.supply.catchups import commands as catchups
from yueke.supply.catchups.commands import Instead
from yueke.supply.catchups.lost import list_lost
from yueke.supply.contracts import answer as contracts
from yueke.supply.contracts import propose
from yueke.supply.contracts.models import Contract
from yueke.supply.contracts.orders import Part, Proposal
from yueke.supply.dedicated import assured, commands, priority
from yueke.supply.dedicated.commands import Choice
from yueke.supply.dedicated.models import Dedicated
from yueke.supply.requests import commands as requests
from yueke.supply.requests.models import LessonRequest
from yueke.supply.requests.operations import Wish
from yueke.supply.weeks import WEEK, monday_of


def ask(draw: Drawing) -> None:
    """A learning partner asks a teacher for time that is not open."""
    teacher = draw.hand.rng.choice(draw.cast.majors)
    wish = Wish(draw.learner().pk, teacher.pk, draw.soon(), "major")
    draw.hand.ask(draw.cast.staff("lp"), lambda one: requests.ask(one, wish=wish))


def answer(draw: Drawing) -> None:
    """A request is accepted, rejected or taken back; some never are, some once more."""
    rng = draw.hand.rng
    states = ["waiting"] * 6 + ["accepted", "expired"]
    asked = draw.one_of(LessonRequest.objects.filter(state=rng.choice(states)))
    if asked is None:
        return
    teacher, number = draw.teacher_of(asked.teacher_id), asked.pk
    keep, chance = rng.random() < 0.5, rng.random()
    if chance < 0.6:
        draw.note(
            draw.hand.ask(teacher, lambda one: requests.accept(one, request_id=number, keep=keep))
        )
    elif chance < 0.75:
        draw.hand.ask(teacher, lambda one: requests.reject(one, request_id=number))
    elif chance < 0.9:
        lp = draw.cast.staff("lp")
        draw.hand.ask(lp, lambda one: requests.withdraw(one, request_id=number))
    else:
        draw.hand.ask(teacher, lambda one: requests.set_keep(one, request_id=number, keep=keep))


def propose_pair(draw: Drawing) -> None:
    """A learning partner schedules a dual learner with both teachers."""
    rng, cast = draw.hand.rng, draw.cast
    proposal = Proposal(
        rng.choice(cast.duals).pk,
        "allround",
        monday_of(draw.hand.now, ZONE) + WEEK * rng.randint(0, 1),
        Part(rng.choice(cast.chinese).pk, draw.weekly_time()),
        Part(rng.choice(cast.majors).pk, draw.weekly_time()),
    )
    draw.hand.ask(cast.staff("lp"), lambda one: propose.propose(one, proposal=proposal))


def answer_contract(draw: Drawing) -> None:
    """A teacher agrees or not, a learning partner ends it; most go unanswered for a while."""
    contract = draw.one_of(Contract.objects.all())
    if contract is None:
        return
    number, chance = contract.pk, draw.hand.rng.random()
    teacher = draw.teacher_of(contract.teacher_id)
    if chance < 0.6:
        draw.hand.ask(teacher, lambda one: contracts.accept(one, contract_id=number))
    elif chance < 0.8:
        draw.hand.ask(teacher, lambda one: contracts.decline(one, contract_id=number))
    else:
        draw.hand.ask(draw.cast.staff("lp"), lambda one: contracts.end(one, contract_id=number))


def choose(draw: Drawing) -> None:
    """A learner's own teacher is chosen, with weekly times, or left."""
    rng, learner = draw.hand.rng, draw.learner()
    actor = draw.cast.staff("lp")
    if rng.random() < 0.2:
        draw.hand.ask(
            actor, lambda one: commands.leave(one, learner_id=learner.pk, product="major")
        )
        return
    times = [draw.weekly_time() for _ in range(rng.randint(0, 2))]
    choice = Choice(learner.pk, "major", rng.choice(draw.cast.majors).pk, times)
    draw.hand.ask(actor, lambda one: commands.choose(one, choice=choice))


def book_own(draw: Drawing) -> None:
    """A family books its own teacher before the others can, or a list is assured of theirs."""
    starts_at, lp = draw.soon(days=9), draw.cast.staff("lp")
    mine = draw.one_of(Dedicated.objects.filter(ended_at=None))
    if mine is None:
        return
    if draw.hand.rng.random() < 0.5:
        results = draw.hand.ask(
            lp,
            lambda one: priority.book_priority(
                one, learner_id=mine.learner_id, product="major", starts_at=starts_at
            ),
        )
    else:
        some = draw.hand.rng.sample(draw.cast.learners, 4)
        wanted = [assured.Wanted(learner.pk, starts_at) for learner in some]
        results = draw.hand.ask(lp, lambda one: assured.assure(one, product="major", wanted=wanted))
    draw.note(results)


def store_rule(draw: Drawing) -> None:
    """A learning partner stores what a learner is to have each week."""
    rng = draw.hand.rng
    times = list(dict.fromkeys(draw.weekly_time().half_hour for _ in range(6)))
    teachers = [one.pk for one in rng.sample(draw.cast.majors, rng.randint(0, 2))]
    wish = WeeklyWish(draw.learner().pk, "major", rng.randint(1, 3), times, teachers)
    draw.hand.ask(draw.cast.staff("lp"), lambda one: rules.store(one, wish=wish))


def catch_up(draw: Drawing) -> None:
    """A learning partner books something that a learner lost."""
    rng, cast = draw.hand.rng, draw.cast
    learner = rng.choice([*cast.learners, *cast.duals])
    lost = list_lost(market_id=cast.company.market_id, learner_id=learner.pk, now=draw.hand.now)
    if not lost:
        return
    one = rng.choice(lost)
    instead = Instead(rng.choice(cast.majors).pk, draw.soon())
    draw.note(
        draw.hand.ask(
            cast.staff("lp"),
            lambda asked: catchups.catch_up(asked, key=one.key, instead=instead),
        )
    )
