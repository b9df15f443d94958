"""Write the purchase of a replay and its refund, with what moves in the wallet."""

from collections.abc import Sequence

from yueke.booking.classes.models import Replay, ReplayPurchase
from yueke.booking.classes.operations import read
from yueke.booking.classes.rules.facts import ClassFacts
from yueke.booking.models import Lesson
from yueke.booking.rules.pay import choose_lots
from yueke.curriculum.rules import ProductFacts
from yueke.kernel.transaction import Work
from yueke.notices import operations as notices
from yueke.notices.once import Request
from yueke.notices.operations import Happened
from yueke.people.models import Learner
from yueke.wallet import moves
from yueke.wallet import operations as wallet
from yueke.wallet.revival import Back, revive
from yueke.wallet.rules import Holding

Payments = Sequence[tuple[Holding, int]]


def choose(
    work: Work,
    *,
    request: Request,
    learner_id: int,
    replay: Replay,
    asset: str,
    lot_id: int | None,
) -> Payments:
    """Return what pays for a replay out of a locked learner's lots; refuses as `choose_lots`.

    A lot for open classes pays for their replays too.
    """
    market_id = request.actor.market_id
    products = read.products(work, market_id=market_id, now=request.now)
    product_id = Lesson.objects.values_list("product_id", flat=True).get(id=replay.lesson_id)
    code = next(code for code, product in products.items() if product.id == product_id)
    prices = {price.asset: price.amount for price in replay.prices.all()}
    sold = ProductFacts(product_id, code, 0, 0, 0, prices=prices)
    named = [] if lot_id is None else [lot_id]
    question = wallet.holdings(market_id=market_id, learner_ids=[learner_id], named=named)
    facts = ClassFacts(request.now, products)
    read.note(facts, holdings=work.ask(question).fetch()[0])
    return choose_lots(facts, learner_id=learner_id, product=sold, asset=asset, lot_id=lot_id)


def buy(
    work: Work,
    *,
    request: Request,
    learner: Learner,
    replay: Replay,
    payments: Payments,
    reason: str,
) -> ReplayPurchase:
    """Write a purchase; one that the family has already fails: replay_bought_once_per_family."""
    actor, market_id = request.actor, request.actor.market_id
    paid, asset = sum(share for _, share in payments), payments[0][0].asset
    event = Happened(
        0,
        "replay.bought",
        actor,
        reason,
        lesson_id=replay.lesson_id,
        learner_id=learner.pk,
        data={"asset": asset, "paid": paid},
    )
    notices.append_one(work, at=request.now, event=event)
    purchase = ReplayPurchase.objects.create(
        id=event.id,
        market_id=market_id,
        lesson_id=replay.lesson_id,
        family_id=learner.family_id,
        learner_id=learner.pk,
        asset=asset,
        paid=paid,
        at=request.now,
    )
    spent = wallet.company_accounts(market_ids=[market_id], role="spent")[market_id, asset]
    moved = moves.paid(payments, event_id=event.id, learner_id=learner.pk, to_account_id=spent)
    wallet.post_purchase(
        work, market_id=market_id, at=request.now, purchase_id=purchase.pk, moves=moved
    )
    return purchase


def refund(work: Work, *, request: Request, purchase: ReplayPurchase, reason: str) -> None:
    """Send everything back to the lots it came from; the family's right ends."""
    actor, market_id = request.actor, request.actor.market_id
    purchase.refunded, purchase.state = purchase.paid, ReplayPurchase.State.REFUNDED
    purchase.save(update_fields=["refunded", "state"])
    event = Happened(
        0,
        "replay.refunded",
        actor,
        reason,
        lesson_id=purchase.lesson_id,
        learner_id=purchase.learner_id,
        data={"asset": purchase.asset, "refunded": purchase.refunded},
    )
    notices.append_one(work, at=request.now, event=event)
    spends = wallet.spends_of_purchase(work, purchase_id=purchase.pk)
    moved = moves.given_back(spends, event_id=event.id, learner_id=purchase.learner_id)
    wallet.post_purchase(
        work, market_id=market_id, at=request.now, purchase_id=purchase.pk, moves=moved
    )
    back = [Back(spend, purchase.learner_id, actor) for spend in spends]
    revive(work, market_id=market_id, now=request.now, back=back)
