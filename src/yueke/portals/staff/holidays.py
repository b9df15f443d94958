"""The market's holidays: listed, added, removed."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from yueke.kernel.http_status import STATUS
from yueke.kernel.refusal import Refusal
from yueke.people import channels
from yueke.portals import ids, toasts
from yueke.portals.access import staff_page
from yueke.portals.asked import asked
from yueke.portals.days import DayField
from yueke.portals.exports import export
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.paging import address
from yueke.portals.staff.reason import ReasonForm
from yueke.supply.holidays import commands, queries
from yueke.supply.holidays.models import Holiday
from yueke.supply.holidays.refusals import HolidayNotFound


class HolidayForm(ReasonForm):
    """A name, the first day and the last."""

    name = forms.CharField(label=_("Name"), max_length=60)
    first_day = DayField(label=_("First day"))
    last_day = DayField(label=_("Last day"))
    field_order = ("name", "first_day", "last_day", "reason")


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def holidays(request: HttpRequest) -> HttpResponse:
    """List holidays of a name; a POST adds one."""
    desk = sit_down(request=request, see="holidays")
    is_post, refusal = request.method == "POST", None
    if is_post:
        channels.require(desk.caller.actor, "change", "holidays")
    form = HolidayForm(request.POST if is_post else None)
    if is_post and form.is_valid():
        refusal = _add(request, desk, form)
        if refusal is None:
            toasts.say(request=request, text=gettext("Holiday added."))
            return redirect("staff_holidays")
    text = request.GET.get("q", "").strip()
    rows = queries.list_holidays(actor=desk.caller.actor)
    rows = rows.filter(name__icontains=text) if text else rows
    if "format" in request.GET:
        return _file(request, list(rows))
    context = {
        "desk": desk,
        "text": text,
        "rows": [{"holiday": row, "id": ids.HOLIDAY.show(row.pk)} for row in rows],
        "form": form,
        "refusal": refusal,
        "may_change": channels.may(desk.caller.actor.channel, "change", "holidays"),
        "export_url": address(q=text, format="csv"),
        "xlsx_url": address(q=text, format="xlsx"),
        "state": "" if rows else "empty",
    }
    status = STATUS[refusal.kind] if refusal else 422 if form.errors else 200
    return render(request, "portals/staff/holidays.html", context, status=status)


@staff_page
@require_POST
def holiday_remove(request: HttpRequest, holiday: str) -> HttpResponse:
    """Take a holiday away."""
    desk = sit_down(request=request, see="holidays")
    number = ids.HOLIDAY.read(holiday)
    if number is None:
        raise HolidayNotFound(holiday[:64])
    change = asked(request=request, caller=desk.caller)
    commands.remove(change, holiday_id=number).only()
    toasts.say(request=request, text=gettext("Holiday removed."))
    return redirect("staff_holidays")


def _add(request: HttpRequest, desk: Desk, form: HolidayForm) -> Refusal | None:
    given: dict[str, Any] = form.cleaned_data
    [result] = commands.add(asked(request=request, caller=desk.caller), **given).results
    return result if isinstance(result, Refusal) else None


def _file(request: HttpRequest, rows: list[Holiday]) -> HttpResponse:
    head = [gettext("Name"), gettext("First day"), gettext("Last day")]
    lines = ([row.name, f"{row.first_day}", f"{row.last_day}"] for row in rows)
    return export(request=request, name="holidays", head=head, rows=lines)
