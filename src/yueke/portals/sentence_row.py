"""What a refusal's sentence is made of."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Row:
    """The three parts of a refusal's sentence, not yet translated."""

    happened: str | Promise
    why: str | Promise
    suggestion: str | Promise
