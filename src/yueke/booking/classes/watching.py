"""Which replays there are for a family, and where one lies for those who may watch it."""

from dataclasses import dataclass
from datetime import datetime

from yueke.booking.classes.models import Replay, ReplayPurchase
from yueke.booking.classes.refusals import ClassNotFound, ReplayNotBought
from yueke.kernel.actor import Actor
from yueke.kernel.containing import containing
from yueke.kernel.transaction import read
from yueke.people import channels
from yueke.people.models import Learner

_ROOM = "yueke.booking.classes"


@dataclass(frozen=True, slots=True)
class ReplayRow:
    """A replay with its class. `prices` by asset; `is_bought`: the family may watch it."""

    class_id: int
    starts_at: datetime
    minutes: int
    teacher_name: str | None
    title_zh: str
    title_en: str
    cover: str | None
    on_sale: bool
    prices: dict[str, int]
    is_bought: bool
    sold: int


def list_replays(
    *,
    actor: Actor,
    family_id: int | None = None,
    text: str = "",
    class_id: int | None = None,
    size: int = 50,
) -> list[ReplayRow]:
    """Return replays, last first: those on sale, and those that the family may watch.

    A family's caller asks for its own; to staff all are shown. Refuses: channel_may_not.
    """
    channels.require(actor, "see", "classes")
    params = {
        "market_id": actor.market_id,
        "family_id": actor.family_id or family_id,
        "all": actor.family_id is None and channels.side(actor.channel) != "family",
        "text": containing(text) if text else None,
        "class_id": class_id,
        "size": size,
    }
    with read() as work:
        return [ReplayRow(*row) for row in work.run_for_values(_ROOM, "list_replays", params)]


@dataclass(frozen=True, slots=True)
class BuyerRow:
    """A family that may watch a replay, by the learner who paid."""

    learner_id: int
    learner_name: str
    phone: str


def list_buyers(*, actor: Actor, class_id: int, size: int = 200) -> list[BuyerRow]:
    """Return who has bought a replay and was not refunded, last first.

    Refuses: channel_may_not.
    """
    channels.require(actor, "sell", "replay")
    live = ReplayPurchase.objects.filter(market_id=actor.market_id, lesson_id=class_id)
    bought = live.filter(state=ReplayPurchase.State.LIVE).order_by("-id")[:size]
    numbers = list(bought.values_list("learner_id", flat=True))
    learners = Learner.objects.select_related("family").in_bulk(numbers)
    return [
        BuyerRow(number, learners[number].name, learners[number].family.phone) for number in numbers
    ]


def address_to_watch(*, actor: Actor, class_id: int) -> str:
    """Return where a replay lies, to a family that has bought it or to those who sell it.

    Refuses: channel_may_not, class_not_found, replay_not_bought.
    """
    channels.require(actor, "see", "classes")
    replay = Replay.objects.filter(market_id=actor.market_id, lesson_id=class_id).first()
    if replay is None:
        raise ClassNotFound(class_id)
    sells = channels.may(actor.channel, "sell", "replay") and actor.family_id is None
    if not sells and not _is_bought(actor, class_id):
        raise ReplayNotBought(class_id)
    return replay.address


def _is_bought(actor: Actor, class_id: int) -> bool:
    if actor.family_id is None:
        return False
    mine = ReplayPurchase.objects.filter(market_id=actor.market_id, family_id=actor.family_id)
    return mine.filter(lesson_id=class_id, state=ReplayPurchase.State.LIVE).exists()
