"""What is taught and what it costs."""

from typing import ClassVar

from django.db import models

from yueke.people.models import Learner, Market

CELLS_MAX = 8


class Product(models.Model):
    """A kind of lesson that is sold: its length, its seats, until when it is cancelled free."""

    market = models.ForeignKey(Market, on_delete=models.PROTECT)
    code = models.SlugField()
    name_zh = models.TextField()
    name_en = models.TextField()
    cells = models.SmallIntegerField(default=1)
    minutes = models.SmallIntegerField(default=25)
    capacity = models.SmallIntegerField(default=1)
    free_cancel_hours = models.SmallIntegerField(default=24)
    # The level of the major course that a learner has reached before; None: any, or none.
    major_level_needed = models.SmallIntegerField(null=True)

    class Meta:
        db_table = "product"
        constraints: ClassVar = [
            models.UniqueConstraint("market", "code", name="product_one_per_code"),
            models.CheckConstraint(
                condition=models.Q(cells__range=(1, CELLS_MAX)), name="product_cells_in_range"
            ),
            models.CheckConstraint(
                condition=models.Q(capacity__gte=1), name="product_capacity_positive"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Price(models.Model):
    """What one lesson of a product costs in one asset; 0: it is free."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="prices")
    asset = models.TextField()
    amount = models.IntegerField()

    class Meta:
        db_table = "price"
        constraints: ClassVar = [
            models.UniqueConstraint("product", "asset", name="price_one_per_asset"),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="price_not_negative"),
        ]


class Course(models.Model):
    """A level of a product: its lessons in order."""

    market = models.ForeignKey(Market, on_delete=models.PROTECT)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="courses")
    level = models.SmallIntegerField()
    name = models.TextField()

    class Meta:
        db_table = "course"
        constraints: ClassVar = [
            models.UniqueConstraint("product", "level", name="course_one_per_level"),
        ]


class CourseLesson(models.Model):
    """One lesson of a course, by number from 1."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="lessons")
    number = models.SmallIntegerField()
    title = models.TextField()

    class Meta:
        db_table = "course_lesson"
        constraints: ClassVar = [
            models.UniqueConstraint("course", "number", name="course_lesson_one_per_number"),
        ]


class LearningProgress(models.Model):
    """Where a learner stands in a product: the course, and which of its lessons is next."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="progress")
    product = models.ForeignKey(Product, on_delete=models.PROTECT)
    course = models.ForeignKey(Course, on_delete=models.PROTECT)
    next_number = models.SmallIntegerField(default=1)

    class Meta:
        db_table = "learning_progress"
        constraints: ClassVar = [
            models.UniqueConstraint("learner", "product", name="learning_progress_one_per_product"),
            models.CheckConstraint(
                condition=models.Q(next_number__gte=1), name="learning_progress_from_first_lesson"
            ),
        ]
