"""Change a policy from a moment on, for the market or one product, and tell what is in force."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from yueke.curriculum import queries
from yueke.curriculum.models import Product
from yueke.kernel.outcome import Answer
from yueke.kernel.transaction import Work
from yueke.notices import operations as notices
from yueke.notices.once import Request, once
from yueke.notices.operations import Happened
from yueke.people import channels, policies
from yueke.people.models import PolicyValue
from yueke.people.policies import InForce, Policy
from yueke.people.refusals import PolicyInPast, PolicyNotByProduct, PolicyUnchanged


@dataclass(slots=True)
class PolicyChanged:
    """What a policy says from a moment on, and what it said there before."""

    policy: str
    product: str | None
    was: str
    value: str
    from_at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """One policy, of one product where it has a value for each; `next` is already decided."""

    policy: Policy
    product: Product | None
    value: str
    since: PolicyValue | None
    next: PolicyValue | None


def change_policy(
    request: Request,
    *,
    policy: str,
    value: str,
    product: str | None = None,
    from_at: datetime | None = None,
    reason: str = "",
) -> Answer[PolicyChanged]:
    """Give a policy another value from a moment on, or from now; what was before, stays judged.

    Refuses: policy_unknown, channel_may_not, policy_value_invalid, policy_in_past,
    policy_not_by_product, product_unknown, policy_unchanged.
    """

    def act(work: Work) -> list[PolicyChanged]:
        actor, found = request.actor, policies.get(policy)
        channels.require(actor, "change", found.changed_as)
        kept, begin = found.checked(value), from_at or request.now
        if begin < request.now:
            raise PolicyInPast(begin)
        if product is not None and not found.by_product:
            raise PolicyNotByProduct(policy)
        of = (
            None
            if product is None
            else queries.get_product(market_id=actor.market_id, code=product)
        )
        was = value_of(policies.in_force(market_id=actor.market_id, at=begin), found, of)
        if was == kept:
            raise PolicyUnchanged(policy, kept)
        changed = PolicyChanged(policy, product, was, kept, begin)
        _write(work, request, changed, None if of is None else of.pk, reason)
        return [changed]

    return once(request, PolicyChanged, act)


def list_standing(*, market_id: int, at: datetime) -> Iterator[Standing]:
    """Yield every policy as it is in force at a moment, by product where each has its own."""
    now = policies.in_force(market_id=market_id, at=at)
    coming: dict[tuple[str, int | None], PolicyValue] = {}
    for row in PolicyValue.objects.filter(market_id=market_id, from_at__gt=at).order_by(
        "-from_at", "id"
    ):
        coming[row.name, row.product_id] = row
    products = list(queries.list_products(market_id=market_id))
    for policy in policies.policies().values():
        for product in products if policy.by_product else [None]:
            own = None if product is None else product.pk
            following = coming.get((policy.name, own)) or coming.get((policy.name, None))
            value = value_of(now, policy, product)
            yield Standing(policy, product, value, now.row(policy.name, own), following)


def value_of(in_force: InForce, policy: Policy, product: Product | None) -> str:
    """Return a policy's value; where nobody changed it, as the product was set up."""
    if product is None or in_force.row(policy.name, product.pk) is not None:
        return in_force.text(policy.name, None if product is None else product.pk)
    return {
        "free_cancel_hours": str(product.free_cancel_hours),
        "stones_a_lesson": next(
            (str(price.amount) for price in product.prices.all() if price.asset == "stone"), "0"
        ),
    }.get(policy.name, policy.default)


def list_changes(*, market_id: int, policy: str) -> list[PolicyValue]:
    """Return every value a policy has been given, the last said first."""
    return list(PolicyValue.objects.filter(market_id=market_id, name=policy).order_by("-id"))


def _write(
    work: Work, request: Request, changed: PolicyChanged, product_id: int | None, reason: str
) -> None:
    data = {
        "policy": changed.policy,
        "product": changed.product,
        "was": changed.was,
        "value": changed.value,
        "from": changed.from_at.isoformat(),
    }
    event = Happened(0, "policy.changed", request.actor, reason, data=data)
    notices.append_one(work, at=request.now, event=event)
    PolicyValue.objects.create(
        id=event.id,
        market_id=request.actor.market_id,
        name=changed.policy,
        product_id=product_id,
        value=changed.value,
        from_at=changed.from_at,
    )
