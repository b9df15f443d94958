"""Markets, the people who live in them, their logins and their systems' keys."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models

RATING_MAX = 500


class Market(models.Model):
    """The tenant: a country or region. A person lives in exactly one."""

    code = models.SlugField(unique=True)
    name_zh = models.TextField()
    name_en = models.TextField()
    zone = models.TextField(default="Asia/Shanghai")
    currency = models.CharField(max_length=3, default="CNY")

    class Meta:
        db_table = "market"

    def __str__(self) -> str:
        return self.code


class User(AbstractBaseUser):
    """A login. Its kind says which pages it has."""

    class Kind(models.TextChoices):
        FAMILY = "family"
        TEACHER = "teacher"
        STAFF = "staff"

    market = models.ForeignKey(Market, on_delete=models.PROTECT)
    username = models.CharField(max_length=150, unique=True)
    email = models.EmailField(blank=True)
    kind = models.TextField(choices=Kind.choices)
    language = models.TextField(default="zh-hans")
    is_active = models.BooleanField(default=True)

    objects = BaseUserManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        db_table = "user_login"


class Family(models.Model):
    """The household that pays; one login, one or more learners."""

    market = models.ForeignKey(Market, on_delete=models.PROTECT)
    user = models.OneToOneField(User, null=True, on_delete=models.PROTECT, related_name="family")
    name = models.TextField()
    phone = models.TextField(blank=True)
    # The secret part of the address of the family's calendar feed.
    calendar_token = models.TextField(unique=True, null=True)

    class Meta:
        db_table = "family"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "market",
                "phone",
                condition=~models.Q(phone=""),
                name="family_one_per_phone",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Learner(models.Model):
    """A child who learns. Owner of a wallet, holder of seats."""

    market = models.ForeignKey(Market, on_delete=models.PROTECT)
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="learners")
    name = models.TextField()
    english_name = models.TextField(blank=True)
    # Full pinyin and initials, for staff who search by typing.
    pinyin = models.TextField(blank=True)
    class_teacher = models.ForeignKey(
        "Staff", null=True, on_delete=models.SET_NULL, related_name="learners"
    )

    class Meta:
        db_table = "learner"
        indexes: ClassVar = [models.Index("market", "name", name="learner_by_name")]

    def __str__(self) -> str:
        return self.name


class Teacher(models.Model):
    """A teacher: the owner of slots, in a time zone of their own.

    `skills` lists what may be taught, as product code and level: `major:3`.
    `rating` is in hundredths: 489 is 4.89.
    """

    market = models.ForeignKey(Market, on_delete=models.PROTECT)
    user = models.OneToOneField(User, null=True, on_delete=models.PROTECT, related_name="teacher")
    name = models.TextField()
    zone = models.TextField(default="Asia/Shanghai")
    rating = models.SmallIntegerField(default=0)
    skills = ArrayField(models.TextField(), default=list)
    tags = ArrayField(models.TextField(), default=list)
    # The secret part of the address of the teacher's calendar feed.
    calendar_token = models.TextField(unique=True, null=True)

    class Meta:
        db_table = "teacher"
        indexes: ClassVar = [models.Index("market", "name", name="teacher_by_name")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(rating__range=(0, RATING_MAX)), name="teacher_rating_in_range"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Staff(models.Model):
    """A member of staff; the role is the channel through which they act."""

    market = models.ForeignKey(Market, on_delete=models.PROTECT)
    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="staff")
    name = models.TextField()
    channel = models.TextField()

    class Meta:
        db_table = "staff"

    def __str__(self) -> str:
        return self.name


class ApiKey(models.Model):
    """The credential of another system; only its hash is kept.

    A key made for one family or one teacher reaches nothing beyond them.
    """

    market = models.ForeignKey(Market, on_delete=models.PROTECT)
    channel = models.TextField()
    name = models.TextField(blank=True)
    hash = models.BinaryField(unique=True)
    hint = models.CharField(max_length=8)
    family = models.ForeignKey(Family, null=True, on_delete=models.PROTECT)
    teacher = models.ForeignKey(Teacher, null=True, on_delete=models.PROTECT)
    requests_per_minute = models.IntegerField(default=6000)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "api_key"


class PolicyValue(models.Model):
    """What a policy says from a moment on: in the whole market, or for one product of it.

    A row is never changed: a later one goes before it. Its number is that of the event that says
    who gave it, through which channel, and why.
    """

    id = models.BigIntegerField(primary_key=True)
    market_id = models.IntegerField()
    name = models.TextField()
    # None: every product that has no value of its own.
    product_id = models.BigIntegerField(null=True)
    value = models.TextField()
    from_at = models.DateTimeField()

    class Meta:
        db_table = "policy_value"
        indexes: ClassVar = [
            models.Index(
                "market_id", "name", "product_id", "from_at", "id", name="policy_value_in_force"
            )
        ]
