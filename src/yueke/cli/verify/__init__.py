"""`yueke verify`: what must never break, checked on a live database."""

from yueke.cli.verify.command import app

__all__ = ["app"]
