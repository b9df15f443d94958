"""Fields of acts: a teacher by name, a time on the market's clock, a way to pay; and words."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yueke.booking.orders import Booked
from yueke.curriculum import queries as curriculum
from yueke.curriculum.refusals import ProductUnknown
from yueke.kernel.refusal import Refusal
from yueke.people.models import Learner, Teacher
from yueke.portals import moments
from yueke.portals.amounts import amount_words
from yueke.portals.payment import ways_to_pay
from yueke.portals.product_names import product_name
from yueke.portals.sentences import sentence
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


class PayField(forms.ChoiceField):
    """A way to pay that the channel, the price and the learner's wallet allow."""

    def __init__(
        self,
        *,
        desk: Desk,
        learner: Learner,
        product: str,
        prices: Mapping[str, int] | None = None,
    ) -> None:
        actor, now = desk.caller.actor, desk.caller.now
        facts = curriculum.facts(market_id=desk.market_id, now=now).get(product)
        if facts is None:
            raise ProductUnknown(product)
        sold = facts if prices is None else replace(facts, prices=dict(prices))
        ways = ways_to_pay(actor=actor, now=now, learner_id=learner.pk, product=sold)
        amounts = [
            (way.value, amount_words(value=way.amount, asset=way.asset))
            for way in ways
            if way.is_enough
        ]
        super().__init__(label=_("Pay with"), choices=amounts)

    def valid_value(self, value: Any) -> bool:
        """Leave it to the command to refuse: what pays may have been spent by this very form."""
        return True


def booked_lines(desk: Desk, done: Sequence[tuple[datetime, Booked | Refusal]]) -> list[str]:
    """Return a line a lesson: booked, or why not."""
    return [f"{when(desk, at)}: {_says(desk, result)}" for at, result in done]


def _says(desk: Desk, result: Booked | Refusal) -> str:
    if isinstance(result, Refusal):
        told = sentence(refusal=result, zone=desk.zone)
        return gettext("not booked, %(why)s") % {"why": told.why or told.happened}
    amount = amount_words(value=result.paid, asset=result.asset)
    return gettext("booked for %(amount)s") % {"amount": amount}


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
