"""The room as Django knows it."""

from django.apps import AppConfig


class BookingConfig(AppConfig):
    """The room `booking`."""

    name = "yueke.booking"
    label = "booking"
