"""The room as Django knows it."""

from django.apps import AppConfig


class PortalsConfig(AppConfig):
    """The room `portals`."""

    name = "yueke.portals"
    label = "portals"
