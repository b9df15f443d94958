"""The form of a weekly pattern: times of weekdays on the wall clock, from a day for some weeks."""

from datetime import date, time, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yueke.inventory.rules.pattern import Stretch
from yueke.portals.days import DayField
from yueke.portals.moments import WEEKDAYS

LINES_MAX: Final = 7
WEEKS_MAX: Final = 26
HALF_HOURS: Final = [f"{hour:02}:{minute:02}" for hour in range(24) for minute in (0, 30)]
BEGINS: Final = [(text, text) for text in HALF_HOURS]
# A stretch that ends at midnight ends, on the wall clock, at 24:00.
ENDS: Final = [*((text, text) for text in HALF_HOURS[1:]), ("00:00", "24:00")]


class Line(forms.Form):
    """Some weekdays, and a stretch of time on each."""

    days = forms.TypedMultipleChoiceField(
        label=_("Days"),
        coerce=int,
        choices=list(enumerate(WEEKDAYS)),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    begins = forms.TypedChoiceField(
        label=_("From"), coerce=time.fromisoformat, choices=BEGINS, initial="18:00"
    )
    ends = forms.TypedChoiceField(
        label=_("Until"), coerce=time.fromisoformat, choices=ENDS, initial="20:00"
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a stretch without a length; from 00:00 to 24:00 is the whole day."""
        fields: dict[str, Any] = super().clean() or self.cleaned_data
        begins, ends = fields.get("begins"), fields.get("ends")
        if begins is not None and begins == ends != time():
            self.add_error("ends", gettext("It ends when it begins. Choose another end."))
        return fields

    def stretches(self) -> list[Stretch]:
        """Return the line as the room takes it."""
        begins, ends = self.cleaned_data["begins"], self.cleaned_data["ends"]
        return [Stretch(day, begins, ends) for day in self.cleaned_data["days"]]


class Span(forms.Form):
    """From when, and for how long."""

    first = DayField(label=_("From"))
    weeks = forms.IntegerField(label=_("Weeks"), min_value=1, max_value=WEEKS_MAX, initial=4)


class PatternForm:
    """The span and its lines, read together; one line more when `add` was pressed."""

    def __init__(self, fields: Any, *, today: date) -> None:
        self._asked = "weeks" in fields
        data = fields if self._asked else None
        self.span = Span(data, initial={"first": today})
        given = _count(fields)
        self.lines = [Line(data, prefix=f"line{index}") for index in range(given)]
        if "add" in fields and given < LINES_MAX:
            self.lines.append(Line(prefix=f"line{given}"))

    @property
    def is_asked(self) -> bool:
        """Whether a pattern was given, complete and without mistakes."""
        return self._asked and all(form.is_valid() for form in (self.span, *self._given))

    @property
    def errors(self) -> list[str]:
        """What is wrong with the fields."""
        if not self._asked:
            return []
        forms_with_errors = (self.span, *self._given)
        return [
            f"{form.fields[name].label}: {error}"
            for form in forms_with_errors
            for name, errors in form.errors.items()
            for error in errors
        ]

    @property
    def _given(self) -> list[Line]:
        return [line for line in self.lines if line.is_bound]

    @property
    def stretches(self) -> list[Stretch]:
        """The stretches of all lines."""
        return [stretch for line in self._given for stretch in line.stretches()]

    @property
    def first(self) -> date:
        """The first day."""
        first: date = self.span.cleaned_data["first"]
        return first

    @property
    def last(self) -> date:
        """The last day, inclusive."""
        return self.first + timedelta(days=7 * self.span.cleaned_data["weeks"] - 1)


def _count(fields: Any) -> int:
    try:
        count = int(fields.get("lines", "1"))
    except ValueError:
        count = 1
    return min(max(count, 1), LINES_MAX)
