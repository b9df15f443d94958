"""What learners own: lots of credits, coupons and energy stones, and how they came by them."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from yueke.cli.demo.columns import DAY, HOUR, Flags, Instants, Ints, Texts, between
from yueke.cli.demo.learners import Learners
from yueke.cli.demo.size import Size

NEVER = np.datetime64("NaT", "us")
_SECOND_LOT = 0.25
_STONES = 0.4
# Product a coupon is for ("": any), and the share of learners who have one.
_COUPONS = {"major": 0.12, "special": 0.05, "": 0.04}
_COUPON_GONE = 0.04


@dataclass(frozen=True, kw_only=True)
class Lots:
    """One row a lot, in the order in which they were granted.

    `spent` of what was granted paid for seats; a lot that is `gone` expired with the rest.
    """

    learner: Ints
    asset: Texts
    product: Texts
    expires_at: Instants
    balance: Ints
    spent: Ints
    gone: Flags
    granted_at: Instants

    @property
    def granted(self) -> Ints:
        """How much was granted."""
        total: Ints = self.balance + self.spent + self.gone
        return total

    def paying(self, learners: int) -> Ints:
        """Return, for each learner, the lot that paid for the seats, or -1."""
        found = np.full(learners, -1)
        paid = np.flatnonzero(self.spent)
        found[self.learner[paid]] = paid
        return found


def make(
    *,
    size: Size,
    learners: Learners,
    seats_of: Ints,
    now: np.datetime64,
    rng: np.random.Generator,
) -> Lots:
    """Make lots so that what is left is what the learners were given to have left."""
    parents = np.array([0, size.one_to_one])
    parts = [
        *_credits(learners, seats_of, now, rng),
        _stones(learners, parents, now, rng),
        *_coupons(learners, parents, now, rng),
    ]
    count = sum(len(part["learner"]) for part in parts)
    granted_at = between(rng, np.full(count, now - 180 * DAY), np.full(count, now - 60 * DAY))
    granted_at.sort()
    order = rng.permutation(count)
    joined = {name: np.concatenate([part[name] for part in parts])[order] for name in parts[0]}
    return Lots(granted_at=granted_at, **joined)


def _credits(
    learners: Learners, seats_of: Ints, now: np.datetime64, rng: np.random.Generator
) -> list[dict[str, Any]]:
    """Most have one lot; some a later one beside, and the one that expires first has paid."""
    has_two = (learners.credits >= 6) & (rng.random(learners.count) < _SECOND_LOT)
    later = np.where(has_two, learners.credits // 2, 0)
    first = learners.credits - later
    owners = np.flatnonzero(first + seats_of)
    second = np.flatnonzero(later)
    soon, late = now + 40 * DAY, now + 300 * DAY
    return [
        _lots(
            owners, "credit", "", first[owners], _ends(rng, owners, soon, late), seats_of[owners]
        ),
        _lots(second, "credit", "", later[second], _ends(rng, second, late, late + 200 * DAY)),
    ]


def _stones(
    learners: Learners, parents: Ints, now: np.datetime64, rng: np.random.Generator
) -> dict[str, Any]:
    owners = _some(rng, learners.count, _STONES, parents)
    amounts = 5 * rng.integers(2, 41, len(owners))
    amounts[owners == parents[0]] = 120
    return _lots(owners, "stone", "", amounts, np.full(len(owners), NEVER))


def _coupons(
    learners: Learners, parents: Ints, now: np.datetime64, rng: np.random.Generator
) -> list[dict[str, Any]]:
    found = []
    for product, share in _COUPONS.items():
        owners = _some(rng, learners.count, share, parents)
        ends = _ends(rng, owners, now + 10 * DAY, now + 60 * DAY)
        found.append(_lots(owners, "coupon", product, np.ones(len(owners), np.int64), ends))
    owners = _some(rng, learners.count, _COUPON_GONE, parents)
    ends = _ends(rng, owners, now - 29 * DAY, now - 28 * DAY)
    gone = _lots(owners, "coupon", "major", np.zeros(len(owners), np.int64), ends)
    gone["gone"][:] = True
    return [*found, gone]


def _lots(
    owners: Ints,
    asset: str,
    product: str,
    balance: Ints,
    ends: Instants,
    spent: Ints | None = None,
) -> dict[str, Any]:
    count = len(owners)
    columns: dict[str, Any] = {
        "learner": owners,
        "asset": np.full(count, asset, object),
        "product": np.full(count, product, object),
        "expires_at": ends,
        "balance": balance,
        "spent": np.zeros(count, np.int64) if spent is None else spent,
        "gone": np.zeros(count, bool),
    }
    return columns


def _some(rng: np.random.Generator, count: int, share: float, always: Ints) -> Ints:
    return np.union1d(np.flatnonzero(rng.random(count) < share), always)


def _ends(
    rng: np.random.Generator, owners: Ints, least: np.datetime64, most: np.datetime64
) -> Instants:
    """Draw midnights of Beijing, which are 16:00 in UTC."""
    ends = between(rng, np.full(len(owners), least), np.full(len(owners), most))
    days: Instants = ends.astype("datetime64[D]").astype("datetime64[us]")
    midnights: Instants = days + 16 * HOUR
    return midnights
