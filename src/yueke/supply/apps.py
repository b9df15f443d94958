"""The room as Django knows it."""

from django.apps import AppConfig


class SupplyConfig(AppConfig):
    """The room `supply`."""

    name = "yueke.supply"
    label = "supply"
