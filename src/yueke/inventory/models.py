"""The slot: one teacher, one half-hour cell; and the words by which teachers are found."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

# The bits of `Slot.abilities` that belong to one word each; later words share the other sixteen.
OWN_BITS = 48


class Ability(models.Model):
    """A skill or tag with a bit of its own, given by the database when a teacher first has it.

    It is never taken back or given to another word.
    """

    word = models.TextField(primary_key=True)
    bit = models.SmallIntegerField(unique=True)

    class Meta:
        db_table = "ability"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(bit__range=(0, OWN_BITS - 1)), name="ability_bit_in_range"
            )
        ]

    def __str__(self) -> str:
        return self.word


class Slot(models.Model):
    """A half-hour that a teacher has offered; the key is what keeps a teacher in one place.

    A row that nobody booked goes when it is withdrawn. `rating` and `abilities` are the
    teacher's, kept in step by the database until the slot is over, so that the best teachers who
    can do what is wanted are found by one walk along an index.
    """

    class State(models.TextChoices):
        OPEN = "open"
        HELD = "held"
        BOOKED = "booked"

    class Target(models.TextChoices):
        STUDENT = "student"
        PRODUCT = "product"
        # A lesson request that its teacher accepted, a contract, a teacher whose dedicated
        # learners book before others.
        REQUEST = "request"
        CONTRACT = "contract"
        PRIORITY = "priority"

    pk = models.CompositePrimaryKey("market_id", "teacher_id", "starts_at")
    market_id = models.IntegerField()
    teacher_id = models.BigIntegerField()
    starts_at = models.DateTimeField()
    state = models.TextField(choices=State.choices, default=State.OPEN)
    rating = models.SmallIntegerField(default=0)
    # One bit for each skill and tag (`abilities_of` in the database): see `Ability`.
    abilities = models.BigIntegerField(default=0, db_default=0)
    target_kind = models.TextField(null=True, choices=Target.choices)
    target_id = models.BigIntegerField(null=True)
    # A slot reserved for a target goes at this instant, one kept by priority becomes anyone's;
    # while it is booked it stays.
    reserved_until = models.DateTimeField(null=True)
    lesson_id = models.BigIntegerField(null=True)
    # What becomes of it when its lesson is cancelled: True, anyone's; False, it goes (T-3, F-1).
    kept_on_cancel = models.BooleanField(null=True)

    class Meta:
        db_table = "slot"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="booked", lesson_id__isnull=False)
                | Q(~Q(state="booked"), lesson_id__isnull=True),
                name="slot_booked_has_lesson",
            ),
            models.CheckConstraint(
                condition=Q(target_kind__isnull=True, target_id__isnull=True)
                | Q(target_kind__isnull=False, target_id__isnull=False),
                name="slot_target_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "held", "booked"]), name="slot_state_known"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                F("market_id"),
                F("starts_at"),
                F("rating").desc(),
                F("teacher_id").desc(),
                include=["abilities"],
                condition=Q(state="open", target_kind__isnull=True),
                name="slot_open_by_rating",
            ),
            models.Index(
                F("market_id"),
                F("target_kind"),
                F("target_id"),
                F("starts_at"),
                condition=Q(state="open", target_kind__isnull=False),
                name="slot_open_by_target",
            ),
            models.Index(
                F("market_id"),
                F("starts_at"),
                F("rating").desc(),
                F("teacher_id").desc(),
                condition=Q(state="held"),
                name="slot_held_by_rating",
            ),
            models.Index(
                F("reserved_until"),
                condition=Q(state__in=["open", "held"], reserved_until__isnull=False),
                name="slot_by_reservation_end",
            ),
        ]
