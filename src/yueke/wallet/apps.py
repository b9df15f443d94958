"""The room as Django knows it."""

from django.apps import AppConfig


class WalletConfig(AppConfig):
    """The room `wallet`."""

    name = "yueke.wallet"
    label = "wallet"
