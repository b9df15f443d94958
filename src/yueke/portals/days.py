"""Days and moments as forms carry them: `2026-11-23`, never so far off that reckoning fails."""

from datetime import UTC, date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone

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


class MomentField(forms.DateTimeField):
    """A moment by the clocks of a zone, drawn as the browser's own field for day and time."""

    def __init__(self, *, zone: str, **kwargs: Any) -> None:
        drawn = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        bounds = [
            MinValueValidator(datetime.combine(EARLIEST, time(), UTC)),
            MaxValueValidator(datetime.combine(LATEST, time(), UTC)),
        ]
        super().__init__(widget=drawn, validators=bounds, **kwargs)
        self.zone = ZoneInfo(zone)

    def to_python(self, value: Any) -> datetime | None:
        """Return the moment of what was typed."""
        with timezone.override(self.zone):
            return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        """Return what the field shows of a moment."""
        with timezone.override(self.zone):
            return super().prepare_value(value)
