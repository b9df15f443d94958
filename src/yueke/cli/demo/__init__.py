"""`yueke demo`: a company made up, as large and as busy as the one the seed describes."""

from yueke.cli.demo.command import app

__all__ = ["app"]
