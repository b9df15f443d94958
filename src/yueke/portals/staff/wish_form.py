"""The fields of a wish: what to do, for whom, until when, and the half-hours ticked."""

from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yueke.curriculum.models import Product
from yueke.inventory.orders import Target
from yueke.people import queries as people_queries
from yueke.people.refusals import LearnerNotFound
from yueke.portals import ids
from yueke.portals.product_names import product_name
from yueke.portals.staff.desk import Desk
from yueke.portals.staff.wish import Whom, Wish
from yueke.portals.stamps import read_stamp
from yueke.portals.wall import read_wall

# A week, with the hour that comes twice when clocks go back.
TICKS_MAX: Final = 338


class Ticks(forms.Field):
    """Half-hours by their stamps."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[datetime]:
        """Return the instants in order of time."""
        read = [read_stamp(text) for text in value or []]
        found = {instant for instant in read if instant}
        if None in read:
            raise forms.ValidationError(gettext("One of the times can't be read."))
        if not found:
            raise forms.ValidationError(gettext("Tick at least one half-hour."))
        if len(found) > TICKS_MAX:
            raise forms.ValidationError(gettext("Tick half-hours of one week only."))
        return sorted(found)


class WishForm(forms.Form):
    """A wish, read in the zone and market of whoever works here."""

    do = forms.ChoiceField(error_messages={"required": _("Choose what to do.")})
    product = forms.ChoiceField(required=False)
    learner = forms.CharField(required=False)
    until = forms.CharField(required=False)
    until_at = forms.CharField(required=False)
    at = Ticks()

    def __init__(self, data: Any, *, desk: Desk, products: list[Product]) -> None:
        super().__init__(data)
        self._desk = desk
        self._deeds = {deed.code: deed for deed in desk.allowed.deeds}
        self._products = {product.code: product for product in products}
        deeds = [(deed.code, deed.label) for deed in desk.allowed.deeds]
        courses = [(product.code, product_name(thing=product)) for product in products]
        for name, listed in (("do", deeds), ("product", courses)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = listed

    def clean(self) -> dict[str, Any]:
        """Read for whom and until when, as far as the deed asks for it."""
        fields: dict[str, Any] = super().clean() or self.cleaned_data
        deed = self._deeds.get(fields.get("do", ""))
        if deed and deed.kind == "product" and not fields.get("product"):
            self.add_error("product", gettext("Choose a kind of lesson."))
        if deed and deed.kind == "student":
            fields["whom"] = self._learner(fields.get("learner", ""))
        if deed and deed.command == "target" and deed.kind:
            fields["until"] = self._until(fields)
        return fields

    @property
    def wish(self) -> Wish:
        """The wish of a form without mistakes."""
        fields = self.cleaned_data
        deed = self._deeds[fields["do"]]
        if deed.kind == "":
            return Wish(deed, fields["at"])
        whom = fields["whom"] if deed.kind == "student" else self._product(fields["product"])
        until = fields["until"] if deed.command == "target" else None
        return Wish(deed, fields["at"], whom, until)

    @property
    def mistakes(self) -> list[str]:
        """What is wrong, in sentences."""
        return [str(error) for errors in self.errors.values() for error in errors]

    def _product(self, code: str) -> Whom:
        product = self._products[code]
        return Whom(Target("product", product.pk), code, product_name(thing=product))

    def _learner(self, text: str) -> Whom | None:
        number = ids.LEARNER.read(text)
        try:
            if number is not None:
                learner = people_queries.get_learner_of_market(
                    market_id=self._desk.market_id, learner_id=number
                )
                name = learner.name if self._desk.allowed.sees_learners else text
                return Whom(Target("student", learner.pk), text, name)
        except LearnerNotFound:
            pass
        self.add_error("learner", gettext("Choose a learner."))
        return None

    def _until(self, fields: dict[str, Any]) -> datetime | None:
        wall, stamp = fields.get("until", ""), fields.get("until_at", "")
        if not wall and not stamp:
            return None
        until = read_stamp(stamp) or read_wall(text=wall, zone=self._desk.zone)
        if until is None or until <= self._desk.caller.now:
            self.add_error("until", gettext("Choose a time to come."))
        return until
