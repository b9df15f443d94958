"""Days as addresses and forms carry them: `2026-11-23`, never so far off that reckoning fails."""

from datetime import date
from typing import Any, Final

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

EARLIEST: Final = date(2000, 1, 1)
LATEST: Final = date(2100, 1, 1)


def is_near(day: date) -> bool:
    """Tell whether a day lies within what pages reckon with."""
    return EARLIEST <= day <= LATEST


def read_day(text: str) -> date | None:
    """Return the day that an address names, or None for what is none, or too far off."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if is_near(day) else None


class DayField(forms.DateField):
    """A day of a form, drawn as the browser's own field: it takes no other form of a date."""

    def __init__(self, **kwargs: Any) -> None:
        drawn = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        bounds = [MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]
        super().__init__(widget=drawn, validators=bounds, **kwargs)
