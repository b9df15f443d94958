"""The sheet of one rule of auto-booking: what a learner is to have each week (LP-1)."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from yueke.booking import queries as booking
from yueke.booking.queries import Which
from yueke.curriculum import queries as curriculum
from yueke.kernel.http_status import STATUS
from yueke.kernel.refusal import Refusal
from yueke.people import channels
from yueke.people import queries as people
from yueke.people.models import Learner
from yueke.portals import ids
from yueke.portals.access import staff_page
from yueke.portals.asked import asked
from yueke.portals.moments import WEEKDAYS
from yueke.portals.selects import PlainSelect
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.learner import find
from yueke.portals.staff.onward import changed
from yueke.portals.tag_names import NAMES, tag_name
from yueke.supply.autobooking import commands, queries
from yueke.supply.autobooking.models import AutoRule
from yueke.supply.autobooking.wish import DAY_CELLS, LESSONS_MAX, Wish

# As many choices as a sheet has room for; other systems may store more.
TIMES, TEACHERS, TAGS, KNOWN = 8, 3, 3, 20
_CLOCKS = [(half_hour, f"{half_hour // 2:02}:{half_hour % 2 * 30:02}") for half_hour in range(48)]
_ASSETS = (("credit", _("credits")), ("coupon", _("coupons")), ("stone", _("energy stones")))
Choices = Sequence[tuple[Any, Any]]


class RuleForm(forms.Form):
    """A rule: times, teachers and tags in fields of their own, the most liked first."""

    lessons = forms.IntegerField(
        label=_("Lessons a week"), min_value=1, max_value=LESSONS_MAX, initial=2
    )
    spread = forms.BooleanField(label=_("On different days"), required=False, initial=True)
    skips_holidays = forms.BooleanField(label=_("Not in school holidays"), required=False)
    pay_with = forms.ChoiceField(label=_("Pay with"), choices=_ASSETS)

    def __init__(self, data: Any, *, rule: AutoRule | None, teachers: Choices) -> None:
        super().__init__(data, initial=_initial(rule))
        days = [("", "—"), *enumerate(WEEKDAYS)]
        clocks = [("", "—"), *_CLOCKS]
        for place in range(TIMES):
            number = {"number": place + 1}
            self._add(f"day_{place}", gettext("Time %(number)s: day") % number, days)
            self._add(f"clock_{place}", gettext("Time %(number)s: clock") % number, clocks)
        for place in range(TEACHERS):
            label = gettext("Teacher %(number)s") % {"number": place + 1}
            self._add(f"teacher_{place}", label, [("", "—"), *teachers])
        tags = [("", "—"), *((tag, tag_name(tag=tag)) for tag in NAMES)]
        for place in range(TAGS):
            label = gettext("Tag %(number)s") % {"number": place + 1}
            self._add(f"tag_{place}", label, tags)

    def _add(self, name: str, label: str, choices: Choices) -> None:
        self.fields[name] = forms.ChoiceField(
            label=label, choices=choices, required=False, widget=PlainSelect
        )

    def clean(self) -> dict[str, Any]:
        """See that every day has its clock, and that there is one time at least."""
        given = super().clean() or {}
        halves = [
            place
            for place in range(TIMES)
            if bool(given.get(f"day_{place}")) != bool(given.get(f"clock_{place}"))
        ]
        if halves or not self.times(given):
            raise forms.ValidationError(_("Name at least one time, each with its day and clock."))
        return given

    def times(self, given: dict[str, Any]) -> list[int]:
        """Return the half-hours of the week that were chosen, in their order."""
        pairs = [(given.get(f"day_{n}"), given.get(f"clock_{n}")) for n in range(TIMES)]
        found = [int(day) * DAY_CELLS + int(clock) for day, clock in pairs if day and clock]
        return list(dict.fromkeys(found))

    def liked(self, name: str, most: int) -> list[str]:
        """Return teachers or tags that were chosen, in their order."""
        values = [self.cleaned_data[f"{name}_{place}"] for place in range(most)]
        return list(dict.fromkeys(value for value in values if value))


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def auto_rule(request: HttpRequest, learner: str, product: str) -> HttpResponse:
    """Show the sheet; a POST stores the rule in place of what was stored."""
    desk = sit_down(request=request, see="auto-rules")
    channels.require(desk.caller.actor, "store", "auto-rule")
    person = find(desk=desk, learner=learner)
    sold = curriculum.get_product(market_id=desk.market_id, code=product)
    rules = queries.list_rules(actor=desk.caller.actor, learner_id=person.pk)
    rule = rules.filter(product_id=sold.pk).first()
    is_post, refusal = request.method == "POST", None
    teachers = _teachers(desk, person, rule)
    form = RuleForm(request.POST if is_post else None, rule=rule, teachers=teachers)
    if is_post and form.is_valid():
        refusal = _store(request, desk, person, product, form)
        if refusal is None:
            url = reverse("staff_auto_rules", args=[learner])
            return changed(request=request, text=gettext("Stored. It books on Monday."), url=url)
    context = {
        "desk": desk,
        "learner": person,
        "form": form,
        "times": [(form[f"day_{n}"], form[f"clock_{n}"]) for n in range(TIMES)],
        "liked": [form[f"teacher_{n}"] for n in range(TEACHERS)],
        "tags": [form[f"tag_{n}"] for n in range(TAGS)],
        "refusal": refusal,
        "url": request.path,
    }
    status = STATUS[refusal.kind] if refusal else 422 if form.errors else 200
    return render(request, "portals/staff/auto_rule.html", context, status=status)


def _store(
    request: HttpRequest, desk: Desk, person: Learner, product: str, form: RuleForm
) -> Refusal | None:
    given = form.cleaned_data
    wish = Wish(
        learner_id=person.pk,
        product=product,
        lessons=given["lessons"],
        times=form.times(given),
        teachers=[ids.read_teacher(text) for text in form.liked("teacher", TEACHERS)],
        tags=form.liked("tag", TAGS),
        is_spread=given["spread"],
        skips_holidays=given["skips_holidays"],
        asset=given["pay_with"],
    )
    [result] = commands.store(asked(request=request, caller=desk.caller), wish=wish).results
    return result if isinstance(result, Refusal) else None


def _teachers(desk: Desk, person: Learner, rule: AutoRule | None) -> list[tuple[str, str]]:
    """Return the teachers who may be listed here: those that are, and those met last."""
    listed = people.names_of_teachers(ids=set(rule.teachers)) if rule else {}
    which = Which(learner_id=person.pk, newest_first=True)
    met = booking.list_lessons(actor=desk.caller.actor, which=which, size=KNOWN)
    names = dict(listed)
    names.update((row.teacher_id, row.teacher_name or "") for row in met if row.teacher_id)
    return [(ids.TEACHER.show(number), name) for number, name in names.items()]


def _initial(rule: AutoRule | None) -> dict[str, Any]:
    if rule is None:
        return {}
    return {
        "lessons": rule.lessons,
        "spread": rule.is_spread,
        "skips_holidays": rule.skips_holidays,
        "pay_with": rule.asset,
        **{f"day_{n}": time // DAY_CELLS for n, time in enumerate(rule.times[:TIMES])},
        **{f"clock_{n}": time % DAY_CELLS for n, time in enumerate(rule.times[:TIMES])},
        **{f"teacher_{n}": ids.TEACHER.show(one) for n, one in enumerate(rule.teachers[:TEACHERS])},
        **{f"tag_{n}": tag for n, tag in enumerate(rule.tags[:TAGS])},
    }
