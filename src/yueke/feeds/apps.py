"""The room as Django knows it."""

from django.apps import AppConfig


class FeedsConfig(AppConfig):
    """The room `feeds`."""

    name = "yueke.feeds"
    label = "feeds"
