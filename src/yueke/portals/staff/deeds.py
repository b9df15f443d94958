"""What staff may do with a teacher's half-hours: one row a deed, with what a channel needs."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from yueke.people import channels
from yueke.people.refusals import ChannelMayNot

Need = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Deed:
    """One row. `kind` is that of the target, or '' for anyone.

    A channel needs one of `needs` in the table of permissions. `label` names the deed, `verb`
    stands on its button, `effect` says what it comes to and `told` what was done.
    """

    code: str
    command: str
    kind: str
    needs: tuple[Need, ...]
    label: Promise
    verb: Promise
    effect: Promise
    told: Promise


_OFFER: Final = pgettext_lazy("a deed with half-hours", "Offer")
_KEEP: Final = pgettext_lazy("a deed with half-hours", "Keep")
_ONLY: Final = _("Only %(whom)s can be booked there.")
_ANYONE: Final = _("Everyone can book there.")
_KEPT: Final = ngettext_lazy(
    "%(count)s half-hour is kept for %(whom)s.",
    "%(count)s half-hours are kept for %(whom)s.",
    "count",
)
_FREE: Final = ngettext_lazy(
    "%(count)s half-hour is free for everyone.",
    "%(count)s half-hours are free for everyone.",
    "count",
)
_GONE: Final = ngettext_lazy(
    "%(count)s half-hour was taken back from the teacher's week.",
    "%(count)s half-hours were taken back from the teacher's week.",
    "count",
)

OFFER_PRODUCT: Final = Deed(
    "offer-product", "release", "product", (("release", "product"),),
    _("Offer for one kind of lesson"), _OFFER, _ONLY, _KEPT,
)  # fmt: skip
OFFER_STUDENT: Final = Deed(
    "offer-student", "release", "student", (("release", "student"),),
    _("Offer for one learner"), _OFFER, _ONLY, _KEPT,
)  # fmt: skip
OFFER: Final = Deed(
    "offer", "release", "", (("release", "slot"),),
    _("Offer to everyone"), _OFFER, _ANYONE, _FREE,
)  # fmt: skip
KEEP_PRODUCT: Final = Deed(
    "keep-product", "target", "product", (("target", "product"),),
    _("Keep for one kind of lesson"), _KEEP, _ONLY, _KEPT,
)  # fmt: skip
KEEP_STUDENT: Final = Deed(
    "keep-student", "target", "student", (("target", "student"),),
    _("Keep for one learner"), _KEEP, _ONLY, _KEPT,
)  # fmt: skip
FREE: Final = Deed(
    "free", "target", "", (("target", "student"), ("target", "product")),
    _("Free for everyone again"), pgettext_lazy("a deed with half-hours", "Free"), _ANYONE, _FREE,
)  # fmt: skip
TAKE_BACK: Final = Deed(
    "withdraw", "withdraw", "",
    (("withdraw", "slot"), ("withdraw", "student"), ("withdraw", "product")),
    _("Take back"), _("Take back"), _("Nobody can book there any more."), _GONE,
)  # fmt: skip

DEEDS: Final = (OFFER_PRODUCT, OFFER_STUDENT, OFFER, KEEP_PRODUCT, KEEP_STUDENT, FREE, TAKE_BACK)


def may_do(*, channel: str, deed: Deed) -> bool:
    """Tell whether a channel has what a deed needs."""
    return any(channels.may(channel, *need) for need in deed.needs)


def require_deed(*, channel: str, code: str) -> None:
    """Refuse (channel_may_not) a deed that the channel may not do, or a channel that has none."""
    may = [deed for deed in DEEDS if may_do(channel=channel, deed=deed)]
    for deed in DEEDS:
        if deed not in may and (deed.code == code or not may):
            raise ChannelMayNot(channel, *deed.needs[0])
