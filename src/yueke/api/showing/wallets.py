"""Learners, products, and what is in a wallet."""

from typing import Any

from yueke.curriculum.models import Product
from yueke.curriculum.rules import ProductFacts
from yueke.kernel.grid import show_instant
from yueke.people import public_ids
from yueke.people.models import Learner
from yueke.wallet.models import Account, Transfer
from yueke.wallet.orders import Granted


def product(row: Product, facts: ProductFacts) -> dict[str, Any]:
    """Return a product with its prices, as policies have them."""
    return {
        "code": row.code,
        "name_zh": row.name_zh,
        "name_en": row.name_en,
        "minutes": row.minutes,
        "free_cancel_hours": facts.free_cancel_hours,
        "prices": facts.prices,
    }


def learner(row: Learner) -> dict[str, Any]:
    """Return a learner."""
    return {
        "id": public_ids.show("lrn", row.id),
        "name": row.name,
        "english_name": row.english_name,
        "family": public_ids.show("fam", row.family_id),
        "family_name": row.family.name,
    }


def lot(row: Account, products: dict[int, str]) -> dict[str, Any]:
    """Return something a learner owns."""
    return {
        "id": public_ids.show("lot", row.id),
        "asset": row.asset,
        "balance": row.balance,
        "product": None if row.product_id is None else products[row.product_id],
        "expires_at": None if row.expires_at is None else show_instant(row.expires_at),
    }


def granted(done: Granted, code: str | None) -> dict[str, Any]:
    """Return a lot just granted."""
    return {
        "id": public_ids.show("lot", done.lot_id),
        "asset": done.asset,
        "balance": done.amount,
        "product": code,
        "expires_at": None if done.expires_at is None else show_instant(done.expires_at),
    }


def entry(row: Transfer) -> dict[str, Any]:
    """Return one movement in a learner's wallet."""
    return {
        "at": show_instant(row.at),
        "kind": row.kind,
        "asset": row.asset,
        "change": row.change,  # type: ignore[attr-defined]  # annotated by the query
        "seat": None if row.seat_id is None else public_ids.show("st", row.seat_id),
    }
