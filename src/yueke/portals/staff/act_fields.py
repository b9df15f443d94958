"""Fields of acts: a teacher by name, a time on the market's clock, a half-hour of the week."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yueke.curriculum import queries as curriculum
from yueke.people.models import Teacher
from yueke.portals import moments
from yueke.portals.product_names import product_name
from yueke.portals.staff.desk import Desk
from yueke.portals.wall import read_wall

Choices = list[tuple[str, Any]]


class TeacherField(forms.CharField):
    """A teacher of the market, named as they are called there."""

    def __init__(self, *, desk: Desk, **kwargs: Any) -> None:
        super().__init__(max_length=100, **kwargs)
        self._desk = desk

    def clean(self, value: Any) -> Any:
        """Return the teacher, or say that nobody, or more than one, is called so."""
        name = super().clean(value)
        found = list(Teacher.objects.filter(market_id=self._desk.market_id, name__iexact=name)[:2])
        if len(found) != 1:
            raise forms.ValidationError(
                _("Nobody is called so.") if not found else _("Several are called so.")
            )
        return found[0]


class WallField(forms.CharField):
    """A time on the market's wall clock."""

    def __init__(self, *, desk: Desk, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local", "step": "1800"})
        super().__init__(widget=widget, **kwargs)
        self._zone = desk.zone

    def clean(self, value: Any) -> datetime:
        """Return the instant, or say that it is none."""
        at = read_wall(text=super().clean(value), zone=self._zone)
        if at is None:
            raise forms.ValidationError(_("This is no time."))
        return at


def weekdays() -> Choices:
    """Return the days of the week, 0 is Monday."""
    return [(str(day), name) for day, name in enumerate(moments.WEEKDAYS)]


def products(desk: Desk, codes: set[str]) -> Choices:
    """Return those of the market's products by code and name."""
    listed = curriculum.list_products(market_id=desk.market_id).prefetch_related(None)
    return [(one.code, product_name(thing=one)) for one in listed if one.code in codes]


def when(desk: Desk, at: datetime) -> str:
    """Return an instant in words of the desk's clock."""
    return moments.moment_words(instant=at, zone=desk.zone, this_year=desk.caller.now.year)
