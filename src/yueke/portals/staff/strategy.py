"""Change a strategy of overbooking: what it would do to the coming two weeks is shown before."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.notices.once import Request
from yueke.people import channels
from yueke.portals.access import staff_page
from yueke.portals.product_names import product_name
from yueke.portals.staff.act_fields import when
from yueke.portals.staff.acting import Act, act_sheet, data_of
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.overbooking import asked_product, products_of_one_half_hour
from yueke.portals.staff.paging import address
from yueke.portals.staff.strategy_form import STEPS_MAX, StrategyForm
from yueke.portals.staff.strategy_words import differences
from yueke.supply.overbooking import commands, queries
from yueke.supply.overbooking.commands import Step, StrategyKept
from yueke.supply.overbooking.foresight import Fortnight, try_strategy

NAMED = 5


@dataclass(frozen=True, slots=True)
class Done:
    """The lines that say what was done, or would be."""

    lines: list[str]


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def strategy(request: HttpRequest) -> HttpResponse:
    """Show the steps to be changed; a POST tells what they would do, and then sets them (SD-7).

    There is no form for more steps than it can send.
    """
    desk = sit_down(request=request, see="overbooking")
    channels.require(desk.caller.actor, "change", "strategy")
    product = asked_product(request, products_of_one_half_hour(desk))
    kept = queries.strategy(actor=desk.caller.actor, product=product.code)
    if len(kept) > STEPS_MAX:
        raise Http404

    def run(said: Request, form: forms.Form) -> Answer[Done]:
        assert isinstance(form, StrategyForm)
        steps, code, given = form.steps, product.code, form.cleaned_data
        if said.dry_run:
            before, after = try_strategy(said, product=code, steps=steps, seen=given["seen"])
            return Answer([Done(_foreseen(desk, kept, steps, before, after))])
        answer = commands.set_strategy(
            said, product=code, steps=steps, seen=given["seen"], reason=given["reason"]
        )
        return Answer([_told(one) for one in answer.results])

    title = gettext("Strategy: %(product)s") % {"product": product_name(thing=product)}
    onward = reverse("staff_overbooking") + address(product=product.code)
    fields = "portals/staff/strategy_fields.html"
    act = Act(
        title,
        gettext("Change the strategy"),
        run,
        lambda done: done.lines,
        onward,
        fields,
        does_nothing_to_others=True,
    )
    note = gettext("Each row holds until the next. Before the first, nothing may be overbooked.")
    form = StrategyForm(data_of(request), steps=kept)
    return act_sheet(request, desk=desk, form=form, act=act, note=note)


def _foreseen(
    desk: Desk, was: Sequence[Step], steps: Sequence[Step], before: Fortnight, after: Fortnight
) -> list[str]:
    """Return what differs, and what becomes of the coming two weeks."""
    rows = differences(was=was, steps=steps) or [gettext("Nothing differs.")]
    half_hours = gettext("In the coming two weeks, half-hours with places: %(will)s (now %(was)s).")
    places = gettext("Places in them: %(will)s (now %(was)s).")
    held = gettext("Teachers to be held in them: %(will)s (now %(was)s, %(more)s).")
    more = {"will": after.wanted, "was": before.wanted, "more": _more(before, after)}
    return [
        *rows,
        half_hours % {"will": after.half_hours, "was": before.half_hours},
        places % {"will": after.places, "was": before.places},
        held % more,
        _over(desk, after),
    ]


def _more(before: Fortnight, after: Fortnight) -> str:
    more = after.wanted - before.wanted
    if not more:
        return gettext("as many")
    return (gettext("%(more)s more") if more > 0 else gettext("%(more)s fewer")) % {
        "more": abs(more)
    }


def _over(desk: Desk, after: Fortnight) -> str:
    if not after.over:
        return gettext("No half-hour has more booked than may be.")
    named = ", ".join(when(desk, at) for at in after.over[:NAMED])
    rest = "…" if len(after.over) > NAMED else ""
    words = gettext(
        "Half-hours with more booked than may be: %(count)s. What is booked stays: %(named)s"
    )
    return words % {"count": len(after.over), "named": named + rest}


def _told(one: StrategyKept | Refusal) -> Done | Refusal:
    return one if isinstance(one, Refusal) else Done([gettext("Strategy changed.")])
