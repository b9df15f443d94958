"""The room as Django knows it."""

from django.apps import AppConfig


class InventoryConfig(AppConfig):
    """The room `inventory`."""

    name = "yueke.inventory"
    label = "inventory"
