"""The room as Django knows it."""

from django.apps import AppConfig


class RemindersConfig(AppConfig):
    """The room `reminders`."""

    name = "yueke.reminders"
    label = "reminders"
