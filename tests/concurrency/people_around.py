"""The people of a scene, and what is common to all scenes: who asks, and a lesson booked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tests import asking, world
from tests.world import NOW, Company
from yueke.curriculum.models import Course, LearningProgress
from yueke.inventory import operations as inventory
from yueke.kernel.actor import Actor
from yueke.kernel.transaction import Work, begin
from yueke.people.models import Family, Learner, Teacher
from yueke.wallet import granting
from yueke.wallet import operations as wallet


@dataclass
class People:
    """Learners and teachers of a company by their names."""

    company: Company
    learners: dict[str, Learner]
    teachers: dict[str, Teacher]

    def staff(self, channel: str) -> Actor:
        """Return a member of staff."""
        return asking.staff_of(market_id=self.company.market_id, channel=channel)

    def family(self, name: str) -> Actor:
        """Return the login of a learner's family."""
        return asking.parent_of(family=self.learners[name].family)

    def teacher(self, name: str) -> Actor:
        """Return a teacher's login."""
        return asking.teacher_of(teacher=self.teachers[name])

    def book(
        self, actor: Actor, name: str, teacher: str, starts_at: datetime, **more: Any
    ) -> list[str]:
        """Book a lesson of the major course, unless another is named; return what came of it."""
        command = asking.to_book(
            learner=self.learners[name], teacher=self.teachers[teacher], starts_at=starts_at
        )
        order = asking.order_of(actor=actor, commands=[replace(command, **more)])
        return asking.codes_of(asking.book_orders(orders=[order], now=NOW)[0])


def meet(
    company: Company,
    *,
    learners: Iterable[str],
    teachers: Mapping[str, Sequence[datetime]],
    studies: Sequence[str] = ("major",),
    credit: int = 2,
    skills: Sequence[str] = world.SKILLS,
    tags: Mapping[str, Sequence[str]] | None = None,
) -> People:
    """Add people to a company: learners, and teachers with what they have open.

    All in one transaction: hundreds of scenes are laid out.
    """
    with begin() as work:
        return People(
            company,
            _learners(work, company, list(learners), studies, credit),
            _teachers(work, company, teachers, skills, tags or {}),
        )


def _learners(
    work: Work, company: Company, names: Sequence[str], studies: Sequence[str], credit: int
) -> dict[str, Learner]:
    market = company.market
    families = Family.objects.bulk_create(Family(market=market, name=name) for name in names)
    made = Learner.objects.bulk_create(
        Learner(market=market, family=family, name=family.name) for family in families
    )
    products = [company.products[code].pk for code in studies]
    courses = list(Course.objects.filter(product__in=products, level=world.LEVEL))
    LearningProgress.objects.bulk_create(
        LearningProgress(learner=learner, product_id=course.product_id, course=course)
        for learner in made
        for course in courses
    )
    marketing = asking.staff_of(market_id=market.pk, channel="marketing")
    for learner in made:
        lot = wallet.open_lot(
            market_id=market.pk,
            learner_id=learner.pk,
            asset="credit",
            product_id=None,
            expires_at=None,
        )
        granting.issue(work, actor=marketing, now=NOW, lot=lot, amount=credit, reason="")
    return {learner.name: learner for learner in made}


def _teachers(
    work: Work,
    company: Company,
    opens: Mapping[str, Sequence[datetime]],
    skills: Sequence[str],
    tags: Mapping[str, Sequence[str]],
) -> dict[str, Teacher]:
    made = Teacher.objects.bulk_create(
        Teacher(
            market=company.market,
            name=name,
            zone="UTC",
            rating=490 - place,
            skills=list(skills),
            tags=list(tags.get(name, ())),
        )
        for place, name in enumerate(opens)
    )
    for teacher in made:
        if opens[teacher.name]:
            _open(work, teacher, opens[teacher.name])
    return {teacher.name: teacher for teacher in made}


def _open(work: Work, teacher: Teacher, starts: Sequence[datetime]) -> None:
    inventory.release(
        work,
        actor=asking.teacher_of(teacher=teacher),
        now=NOW,
        teacher_id=teacher.pk,
        starts=starts,
        target=None,
    )
