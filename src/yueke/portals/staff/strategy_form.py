"""The steps of a strategy as fields: a row a step, with a few rows to spare."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yueke.portals.moments import WEEKDAYS
from yueke.portals.selects import PlainSelect
from yueke.portals.staff.reason import ReasonForm
from yueke.supply.overbooking.commands import Step, mark_of

SPARE: Final = 3
# What a form can send; other systems may set more.
STEPS_MAX: Final = 150
DAY: Final = 48
RATIO_MAX, CEILING_MAX = 200, 10_000
_DAYS: Final = [("", "—"), *((str(day), name) for day, name in enumerate(WEEKDAYS))]
_CLOCKS: Final = [(str(place), f"{place // 2:02}:{place % 2 * 30:02}") for place in range(DAY)]
_NUMBERS: Final = (
    ("ratio", _("Ratio, %"), RATIO_MAX),
    ("floor", _("Teachers at least"), CEILING_MAX),
    ("ceiling", _("Lessons at most"), CEILING_MAX),
)


class StrategyForm(ReasonForm):
    """Steps, each from a half-hour of the week on; a row without a day counts for nothing."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, steps: Sequence[Step]) -> None:
        super().__init__(data)
        self.fields["seen"].initial = mark_of(steps)
        self._count = _count(data) if data is not None else len(steps) + SPARE
        for place in range(self._count):
            self._add_row(place, steps[place] if place < len(steps) else None)

    def _add_row(self, place: int, step: Step | None) -> None:
        number = {"number": place + 1}
        day, clock = divmod(step.from_half_hour, DAY) if step else ("", 36)
        self.fields[f"day_{place}"] = forms.ChoiceField(
            label=gettext("Row %(number)s: day") % number,
            choices=_DAYS, initial=str(day), required=False, widget=PlainSelect,
        )  # fmt: skip
        self.fields[f"clock_{place}"] = forms.TypedChoiceField(
            label=gettext("Row %(number)s: from") % number,
            choices=_CLOCKS, initial=str(clock), coerce=int, widget=PlainSelect,
        )  # fmt: skip
        values = (step.ratio_percent, step.floor, step.ceiling) if step else (100, 0, 0)
        for (name, label, most), value in zip(_NUMBERS, values, strict=True):
            self.fields[f"{name}_{place}"] = forms.IntegerField(
                label=gettext("Row %(number)s: %(name)s") % {**number, "name": label},
                min_value=0, max_value=most, initial=value, required=False,
            )  # fmt: skip

    @property
    def heads(self) -> list[Any]:
        """What stands over the columns."""
        return [_("Weekday"), _("From"), *(label for _name, label, _most in _NUMBERS)]

    @property
    def rows(self) -> list[list[BoundField]]:
        """The fields, row by row."""
        names = ("day", "clock", *(name for name, *_rest in _NUMBERS))
        return [[self[f"{name}_{place}"] for name in names] for place in range(self._count)]

    @property
    def steps(self) -> list[Step]:
        """What was filled in, in order of the week."""
        given = self.cleaned_data
        return sorted(
            (
                Step(
                    int(given[f"day_{place}"]) * DAY + given[f"clock_{place}"],
                    *(given[f"{name}_{place}"] for name, *_rest in _NUMBERS),
                )
                for place in range(self._count)
                if given[f"day_{place}"]
            ),
            key=lambda step: step.from_half_hour,
        )

    def clean(self) -> dict[str, Any]:
        """See that each row with a day is filled in."""
        given = super().clean() or {}
        names = [name for name, *_rest in _NUMBERS]
        for place in range(self._count):
            if not given.get(f"day_{place}"):
                continue
            for name in names:
                if given.get(f"{name}_{place}", 0) is None:
                    self.add_error(f"{name}_{place}", _("A number is missing."))
        return given


def _count(data: Any) -> int:
    """Return how many rows were sent."""
    return sum(f"day_{place}" in data for place in range(STEPS_MAX + SPARE))
