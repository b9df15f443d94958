"""The room as Django knows it."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The room `people`."""

    name = "yueke.people"
    label = "people"
