"""The room as Django knows it."""

from django.apps import AppConfig

from yueke.reminders.ways import ways


class RemindersConfig(AppConfig):
    """The room `reminders`."""

    name = "yueke.reminders"
    label = "reminders"

    def ready(self) -> None:
        """Read what the settings say of ways: what is wrong is known at once."""
        ways()
