"""Take in families and learners who come from elsewhere; who is here already is found again."""

from dataclasses import dataclass

from yueke.kernel.outcome import Answer
from yueke.kernel.transaction import Work
from yueke.notices import operations as notices
from yueke.notices.once import Request, once
from yueke.notices.operations import Happened
from yueke.people import channels, queries
from yueke.people.models import Family, Learner


@dataclass(slots=True)
class FamilyRegistered:
    """A family that is here. `is_new`: it was not before."""

    family_id: int
    is_new: bool


@dataclass(slots=True)
class LearnerRegistered:
    """A learner who is here. `is_new`: they were not before."""

    learner_id: int
    is_new: bool


def register_family(request: Request, *, name: str, phone: str) -> Answer[FamilyRegistered]:
    """Take in a family, or find the one with this phone, whose name stays.

    Refuses: channel_may_not.
    """

    def act(work: Work) -> list[FamilyRegistered]:
        channels.require(request.actor, "import", "families")
        family, is_new = Family.objects.get_or_create(
            market_id=request.actor.market_id, phone=phone, defaults={"name": name}
        )
        if is_new:
            happened = Happened(0, "family.registered", request.actor, data={"family": family.id})
            notices.append_one(work, at=request.now, event=happened)
        return [FamilyRegistered(family.id, is_new)]

    return once(request, FamilyRegistered, act)


def register_learner(
    request: Request, *, family_id: int, name: str, english_name: str = "", pinyin: str = ""
) -> Answer[LearnerRegistered]:
    """Take in a learner of a family, or find the family's learner of this name.

    Refuses: channel_may_not, family_not_found.
    """

    def act(work: Work) -> list[LearnerRegistered]:
        channels.require(request.actor, "import", "families")
        family = queries.get_family(actor=request.actor, family_id=family_id)
        learner, is_new = Learner.objects.get_or_create(
            market_id=family.market_id,
            family=family,
            name=name,
            defaults={"english_name": english_name, "pinyin": pinyin},
        )
        if is_new:
            data = {"family": family.id}
            happened = Happened(
                0, "learner.registered", request.actor, learner_id=learner.id, data=data
            )
            notices.append_one(work, at=request.now, event=happened)
        return [LearnerRegistered(learner.id, is_new)]

    return once(request, LearnerRegistered, act)
