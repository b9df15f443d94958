"""Find people within a caller's reach."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from yueke.kernel.actor import Actor
from yueke.kernel.columns import numbers
from yueke.kernel.transaction import Question
from yueke.people.models import ApiKey, Family, Learner, Market, Teacher
from yueke.people.refusals import (
    FamilyNotFound,
    LearnerNotFound,
    MarketNotFound,
    TeacherNotFound,
)

# The tag of a Chinese teacher; all others are foreign.
CHINESE = "chinese"


def get_teacher(*, actor: Actor, teacher_id: int) -> Teacher:
    """Return a teacher the caller may act for, or refuse (teacher_not_found)."""
    found = Teacher.objects.filter(market_id=actor.market_id, id=teacher_id).first()
    if found is None or not actor.may_touch_teacher(teacher_id):
        raise TeacherNotFound(teacher_id)
    return found


def get_teacher_of_market(*, market_id: int, teacher_id: int) -> Teacher:
    """Return a teacher whom anyone of the market may name, or refuse (teacher_not_found)."""
    found = Teacher.objects.filter(market_id=market_id, id=teacher_id).first()
    if found is None:
        raise TeacherNotFound(teacher_id)
    return found


def get_learner(*, actor: Actor, learner_id: int) -> Learner:
    """Return a learner the caller may act for, with the family, or refuse (learner_not_found)."""
    learners = Learner.objects.select_related("family")
    found = learners.filter(market_id=actor.market_id, id=learner_id).first()
    if found is None or not actor.may_touch_family(found.family_id):
        raise LearnerNotFound(learner_id)
    return found


def get_learner_of_market(*, market_id: int, learner_id: int) -> Learner:
    """Return a learner whom anyone of the market may name, or refuse (learner_not_found)."""
    found = Learner.objects.filter(market_id=market_id, id=learner_id).first()
    if found is None:
        raise LearnerNotFound(learner_id)
    return found


def get_family(*, actor: Actor, family_id: int) -> Family:
    """Return a family the caller may act for, or refuse (family_not_found)."""
    found = Family.objects.filter(market_id=actor.market_id, id=family_id).first()
    if found is None or not actor.may_touch_family(family_id):
        raise FamilyNotFound(family_id)
    return found


def names_of_phones(*, market_id: int, phones: Collection[str]) -> dict[str, str]:
    """Return the names of those families of the market that have one of these phones, by phone."""
    families = Family.objects.filter(market_id=market_id, phone__in=phones)
    return dict(families.values_list("phone", "name"))


def find_learners(
    *, actor: Actor, text: str = "", after: Learner | None = None
) -> QuerySet[Learner]:
    """Find learners by name, English name, pinyin or phone, by name; all within reach for ''.

    `after` is the learner who ended the page before.
    """
    learners = Learner.objects.filter(market_id=actor.market_id).select_related("family")
    if actor.teacher_id is not None:
        return learners.none()
    if actor.family_id is not None:
        learners = learners.filter(family_id=actor.family_id)
    if text:
        learners = learners.filter(
            Q(name__icontains=text)
            | Q(english_name__icontains=text)
            | Q(pinyin__istartswith=text)
            # The initials stand after the whole.
            | Q(pinyin__icontains=f" {text}")
            | Q(family__phone__contains=text)
        )
    if after is not None:
        learners = learners.filter(Q(name__gt=after.name) | Q(name=after.name, id__gt=after.id))
    return learners.order_by("name", "id")


def find_teachers(*, actor: Actor, text: str = "") -> QuerySet[Teacher]:
    """Find teachers by name, by name; all of the market for ''."""
    teachers = Teacher.objects.filter(market_id=actor.market_id)
    if actor.teacher_id is not None:
        teachers = teachers.filter(id=actor.teacher_id)
    if text:
        teachers = teachers.filter(name__icontains=text)
    return teachers.order_by("name", "id")


@dataclass(slots=True)
class Named:
    """Somebody by number and name."""

    id: int
    name: str


def name_learners(*, market_id: int, ids: Collection[int]) -> Question:
    """Ask for the names of learners of a market; rows are Named, by id."""
    return Question(__package__, "name_learners", (market_id, numbers(ids)), Named)


def name_teachers(*, market_id: int, ids: Collection[int]) -> Question:
    """Ask for the names of teachers of a market; rows are Named, by id."""
    return Question(__package__, "name_teachers", (market_id, numbers(ids)), Named)


def names_of_learners(*, ids: Collection[int]) -> dict[int, str]:
    """Return the names of learners by id."""
    return dict(Learner.objects.filter(id__in=ids).values_list("id", "name"))


def names_of_teachers(*, ids: Collection[int]) -> dict[int, str]:
    """Return the names of teachers by id."""
    return dict(Teacher.objects.filter(id__in=ids).values_list("id", "name"))


def get_market(*, code: str | None) -> Market:
    """Return a market by code; with no code, the only one. Refuses: market_not_found."""
    found = Market.objects.filter(code=code) if code else Market.objects.all()[:2]
    markets = list(found)
    if len(markets) != 1:
        raise MarketNotFound(code or "")
    return markets[0]


def find_api_key(*, hash_: bytes) -> ApiKey | None:
    """Return the API key, not revoked, with this SHA-256."""
    return ApiKey.objects.filter(hash=hash_, revoked_at__isnull=True).first()
