"""The room as Django knows it."""

from django.apps import AppConfig


class CurriculumConfig(AppConfig):
    """The room `curriculum`."""

    name = "yueke.curriculum"
    label = "curriculum"
