"""Learners and their wallets."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from yueke.api import answers, reading, showing
from yueke.api.asked import DryRun, KeyHeader, request_of
from yueke.api.callers import actor_of
from yueke.api.refusals import CursorInvalid
from yueke.api.schemas.learners import (
    EntriesOut,
    GrantIn,
    LearnersOut,
    LotOut,
    ProductsOut,
    WalletOut,
)
from yueke.api.window import Cursor, Limit
from yueke.curriculum import queries as curriculum
from yueke.kernel.actor import Actor
from yueke.people import channels
from yueke.people import queries as people
from yueke.people.models import Learner
from yueke.people.refusals import LearnerNotFound
from yueke.wallet import commands as wallet
from yueke.wallet import queries as wallets
from yueke.wallet.models import Transfer

router = Router(tags=["Learners and wallets"])


@router.get("/products", response=answers.read(ProductsOut), summary="List products")
def list_products(request: HttpRequest) -> Any:
    """List the products of the market, and what a lesson of each costs."""
    market_id = actor_of(request).market_id
    facts = curriculum.facts(market_id=market_id, now=datetime.now(UTC))
    found = curriculum.list_products(market_id=market_id).prefetch_related(None)
    return {"products": [showing.product(row, facts[row.code]) for row in found]}


@router.get("/learners", response=answers.read(LearnersOut), summary="Find learners")
def list_learners(
    request: HttpRequest, search: str = "", cursor: Cursor = None, limit: Limit = 50
) -> Any:
    """Find learners within the key's reach by name, pinyin or phone."""
    actor = actor_of(request)
    channels.require(actor, "see", "learners")
    after = _learner_before(actor, cursor)
    found = people.find_learners(actor=actor, text=search.replace("\0", ""), after=after)
    rows = list(found[:limit])
    more = reading.show_cursor(0, rows[-1].id) if len(rows) == limit else None
    return {"learners": [showing.learner(row) for row in rows], "next": more}


@router.get("/learners/{learner}/wallet", response=answers.read(WalletOut), summary="A wallet")
def get_wallet(request: HttpRequest, learner: str) -> Any:
    """Read what a learner owns: each lot, the first to expire first."""
    actor, one = _owner(request, learner)
    products = curriculum.codes(market_id=actor.market_id)
    lots = wallets.lots_of_learner(market_id=actor.market_id, learner_id=one.id)
    return {"lots": [showing.lot(row, products) for row in lots]}


@router.get("/learners/{learner}/entries", response=answers.read(EntriesOut), summary="Entries")
def list_entries(
    request: HttpRequest, learner: str, cursor: Cursor = None, limit: Limit = 50
) -> Any:
    """Read every entry of a learner's wallet, last to first."""
    _, one = _owner(request, learner)
    after = _entry_before(one, cursor)
    found = wallets.entries_of_learner(market_id=one.market_id, learner_id=one.id, after=after)
    rows = list(found[:limit])
    more = reading.show_cursor(rows[-1].part, rows[-1].event_id) if len(rows) == limit else None
    return {"entries": [showing.entry(row) for row in rows], "next": more}


@router.post("/grants", response=answers.rehearsable(LotOut), summary="Grant an asset")
def grant(request: HttpRequest, body: GrantIn, key: KeyHeader, dry_run: DryRun = None) -> Any:
    """Give a learner a new lot of an asset."""
    asked = request_of(request, key, dry_run=dry_run)
    market_id = asked.actor.market_id
    code = body.product
    product = None if code is None else curriculum.get_product(market_id=market_id, code=code)
    answer = wallet.grant(
        asked,
        learner_id=reading.learner_id(body.learner),
        asset=body.asset,
        amount=body.amount,
        product_id=None if product is None else product.id,
        expires_at=None if body.expires_at is None else reading.instant(body.expires_at),
        reason=body.reason,
    )
    result = answer.only()
    return Status(200 if dry_run else 201, showing.granted(result, code))


def _learner_before(actor: Actor, cursor: str | None) -> Learner | None:
    """Return the learner a page starts after: rows that come in meanwhile move no other."""
    after = reading.cursor(cursor)
    if after is None:
        return None
    try:
        return people.get_learner(actor=actor, learner_id=after[1])
    except LearnerNotFound:
        raise CursorInvalid() from None


def _entry_before(one: Learner, cursor: str | None) -> Transfer | None:
    """Return the entry of a learner that a page starts after."""
    after = reading.cursor(cursor)
    if after is None:
        return None
    found = wallets.find_entry(
        market_id=one.market_id, learner_id=one.id, event_id=after[1], part=after[0]
    )
    if found is None:
        raise CursorInvalid()
    return found


def _owner(request: HttpRequest, learner: str) -> tuple[Actor, Learner]:
    actor = actor_of(request)
    channels.require(actor, "see", "wallet")
    return actor, people.get_learner(actor=actor, learner_id=reading.learner_id(learner))
