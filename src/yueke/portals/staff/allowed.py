"""What a member of staff may see and do: the table of permissions, as pages ask it."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yueke.curriculum.models import LearningProgress
from yueke.people import channels
from yueke.portals.event_words import WITHOUT_AMOUNTS, WORDS, Words
from yueke.portals.staff.deeds import DEEDS, Deed, may_do


@dataclass(frozen=True, slots=True)
class Act:
    """One line of what may be done for a learner: its page, and the line of the table it needs."""

    page: str
    command: str
    of: str
    label: str | Promise


ACTS: Final = (
    Act("staff_ask", "request", "major", _("Ask a teacher for a time")),
    Act("staff_own_teacher", "choose", "dedicated", _("Own teacher")),
    Act("staff_schedule", "propose", "contract", _("Schedule with two teachers")),
    Act("staff_dual", "book", "allround", _("Book both teachers")),
    Act("staff_catch_up", "catch-up", "major", _("Catch up")),
    Act("staff_addresses", "note", "addresses", _("Addresses")),
    Act("staff_overbook", "overbook", "trial", _("Overbook a trial")),
)


@dataclass(frozen=True, slots=True)
class Allowed:
    """Answers for one channel."""

    channel: str

    def _sees(self, what: str) -> bool:
        return channels.may(self.channel, "see", what)

    @property
    def sees_learners(self) -> bool:
        """Whether learners and families are shown."""
        return self._sees("learners")

    @property
    def sees_teachers(self) -> bool:
        """Whether teachers and their weeks are shown."""
        return self._sees("teachers")

    @property
    def sees_lessons(self) -> bool:
        """Whether lessons are shown."""
        return self._sees("lessons")

    @property
    def sees_wallet(self) -> bool:
        """Whether wallets are shown."""
        return self._sees("wallet")

    @property
    def sees_auto_rules(self) -> bool:
        """Whether rules of auto-booking are shown."""
        return self._sees("auto-rules")

    @property
    def catches_up(self) -> bool:
        """Whether lost lessons are shown, and booked anew (LP-10)."""
        return self._sees("lost") and self.may("catch-up", "major")

    @property
    def sees_audit(self) -> bool:
        """Whether it is shown who did what."""
        return self._sees("audit")

    @property
    def event_words(self) -> Words:
        """What events say here: what was paid is for those who see wallets."""
        return WORDS if self.sees_wallet else WITHOUT_AMOUNTS

    @property
    def opens_courses(self) -> bool:
        """Whether courses may be opened for learners: any, or some."""
        opened = [of for command, of in channels.permissions() if command == "open"]
        return any(self.may("open", of) for of in opened)

    def opens_product(self, code: str) -> bool:
        """Whether courses of a product may be opened for learners (LP-5, TM-7, CC-8, CU-2)."""
        return self.may("open", code) or self.may("open", "course")

    @property
    def grants(self) -> bool:
        """Whether credits, coupons and stones may be given."""
        return channels.may(self.channel, "grant", "asset")

    def may(self, command: str, of: str) -> bool:
        """Tell whether the channel may give a command."""
        return channels.may(self.channel, command, of)

    @property
    def acts(self) -> list[Act]:
        """Return what may be done for a learner besides booking in open time."""
        return [act for act in ACTS if self.may(act.command, act.of)]

    @property
    def deeds(self) -> list[Deed]:
        """What may be done with teachers' half-hours."""
        return [deed for deed in DEEDS if may_do(channel=self.channel, deed=deed)]

    @property
    def books(self) -> bool:
        """Whether any kind of lesson may be booked, in open time or in any."""
        products = [of for command, of in channels.permissions() if command in ("book", "force")]
        return any(self.books_product(code) for code in products)

    def books_product(self, code: str) -> bool:
        """Whether lessons of a product may be booked, in open time or in any."""
        return channels.may(self.channel, "book", code) or self.forces_product(code)

    def forces_product(self, code: str) -> bool:
        """Whether lessons of a product may be booked in time that was not offered (F-1)."""
        return channels.may(self.channel, "force", code)

    def courses(self, progress: list[LearningProgress]) -> list[LearningProgress]:
        """Return those of a learner's courses of which lessons may be booked."""
        return [course for course in progress if self.books_product(course.product.code)]
