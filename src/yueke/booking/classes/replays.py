"""Sell the replays of open classes, buy them, and give them back (CU-4, PC-3)."""

from collections.abc import Mapping

from yueke.booking.classes.models import Replay, ReplayPrice, ReplayPurchase
from yueke.booking.classes.operations import making, read
from yueke.booking.classes.operations import replay as operations
from yueke.booking.classes.orders import ReplayBought, ReplayOffered, ReplayRefunded
from yueke.booking.classes.refusals import (
    ClassNotFound,
    ReplayAlreadyBought,
    ReplayNotBought,
    ReplayNotOnSale,
)
from yueke.booking.classes.rules import replay as rules
from yueke.kernel.actor import Actor
from yueke.kernel.outcome import Answer
from yueke.kernel.transaction import Work
from yueke.notices.once import Request, once
from yueke.people import channels
from yueke.people import operations as people_operations
from yueke.people import queries as people
from yueke.people.models import Learner


def offer(
    request: Request,
    *,
    class_id: int,
    address: str,
    prices: Mapping[str, int],
    reason: str = "",
) -> Answer[ReplayOffered]:
    """Put the replay of a class that is over on sale, or change what it costs (CU-4).

    Refuses: channel_may_not, class_not_found, class_not_over, replay_address_invalid,
    replay_price_invalid. Locks the class.
    """

    def act(work: Work) -> list[ReplayOffered]:
        channels.require(request.actor, "sell", "replay")
        found = read.lock_class(work, actor=request.actor, class_id=class_id)
        rules.check_offer(found, address, prices, request.now)
        values = {"market_id": request.actor.market_id, "address": address, "on_sale": True}
        Replay.objects.update_or_create(lesson_id=class_id, defaults=values)
        ReplayPrice.objects.filter(replay_id=class_id).delete()
        ReplayPrice.objects.bulk_create(
            ReplayPrice(replay_id=class_id, asset=asset, amount=amount)
            for asset, amount in prices.items()
        )
        making.tell(
            work,
            actor=request.actor,
            now=request.now,
            found=found,
            kind="replay.offered",
            reason=reason,
            data={"prices": dict(prices)},
        )
        return [ReplayOffered(class_id, on_sale=True, prices=dict(prices))]

    return once(request, ReplayOffered, act)


def stop_selling(request: Request, *, class_id: int, reason: str = "") -> Answer[ReplayOffered]:
    """Sell a replay no longer (CU-4); who bought it goes on watching.

    Refuses: channel_may_not, class_not_found, replay_not_on_sale. Locks the class.
    """

    def act(work: Work) -> list[ReplayOffered]:
        channels.require(request.actor, "sell", "replay")
        found = read.lock_class(work, actor=request.actor, class_id=class_id)
        if not Replay.objects.filter(lesson_id=class_id, on_sale=True).update(on_sale=False):
            raise ReplayNotOnSale(class_id)
        making.tell(
            work,
            actor=request.actor,
            now=request.now,
            found=found,
            kind="replay.withdrawn",
            reason=reason,
        )
        return [ReplayOffered(class_id, on_sale=False, prices={})]

    return once(request, ReplayOffered, act)


def buy(
    request: Request,
    *,
    learner_id: int,
    class_id: int,
    asset: str = "credit",
    lot_id: int | None = None,
    reason: str = "",
) -> Answer[ReplayBought]:
    """Buy a replay for a family, paid by one of its learners (PC-3, CU-4).

    Refuses: channel_may_not, learner_not_found, class_not_found, replay_not_on_sale,
    replay_already_bought, and as payments are. Locks the family's learners.
    """

    def act(work: Work) -> list[ReplayBought]:
        actor = request.actor
        channels.require(actor, "buy", "replay")
        channels.require(actor, "pay", asset)
        learner = _locked(work, actor, learner_id)
        market_id = actor.market_id
        replay = Replay.objects.filter(market_id=market_id, lesson_id=class_id).first()
        if replay is None:
            raise ClassNotFound(class_id)
        if not replay.on_sale:
            raise ReplayNotOnSale(class_id)
        if _live(market_id, class_id, learner.family_id) is not None:
            raise ReplayAlreadyBought(class_id)
        payments = operations.choose(
            work, request=request, learner_id=learner_id, replay=replay, asset=asset, lot_id=lot_id
        )
        bought = operations.buy(
            work, request=request, learner=learner, replay=replay, payments=payments, reason=reason
        )
        return [ReplayBought(bought.pk, class_id, learner_id, asset, bought.paid)]

    return once(request, ReplayBought, act)


def refund(
    request: Request, *, learner_id: int, class_id: int, reason: str = ""
) -> Answer[ReplayRefunded]:
    """Give back what a learner's family paid for a replay, which it watches no longer (CU-4).

    Refuses: channel_may_not, learner_not_found, replay_not_bought. Locks the family's learners.
    """

    def act(work: Work) -> list[ReplayRefunded]:
        actor = request.actor
        channels.require(actor, "refund", "replay")
        learner = _locked(work, actor, learner_id)
        found = _live(actor.market_id, class_id, learner.family_id)
        if found is None:
            raise ReplayNotBought(class_id)
        operations.refund(work, request=request, purchase=found, reason=reason)
        return [
            ReplayRefunded(
                found.pk, class_id, found.learner_id, found.asset, found.paid, found.refunded
            )
        ]

    return once(request, ReplayRefunded, act)


def _locked(work: Work, actor: Actor, learner_id: int) -> Learner:
    """Lock a learner and the whole family, whose purchases come one by one; return the learner."""
    learner = people.get_learner(actor=actor, learner_id=learner_id)
    family = Learner.objects.filter(market_id=actor.market_id, family_id=learner.family_id)
    learners = family.values_list("id", flat=True)
    lock = people_operations.lock_learners(market_id=actor.market_id, learner_ids=learners)
    work.ask(lock).fetch()
    return learner


def _live(market_id: int, class_id: int, family_id: int) -> ReplayPurchase | None:
    live = ReplayPurchase.objects.filter(market_id=market_id, state=ReplayPurchase.State.LIVE)
    return live.filter(lesson_id=class_id, family_id=family_id).first()
