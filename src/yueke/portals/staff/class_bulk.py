"""One deed with the classes ticked: what would happen to each; a POST has a worker do it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yueke.booking.classes import hand_over
from yueke.portals import ids
from yueke.portals.access import staff_page
from yueke.portals.staff import bulk_preview
from yueke.portals.staff.class_do import CLASS_DEEDS
from yueke.portals.staff.desk import sit_down
from yueke.portals.staff.reason import ReasonForm


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def class_bulk(request: HttpRequest) -> HttpResponse:
    """Show what would happen; a POST starts it."""
    desk = sit_down(request=request, see="classes")
    is_post = request.method == "POST"
    fields = request.POST if is_post else request.GET
    deed = CLASS_DEEDS.get(fields.get("do", ""))
    if deed is None:
        raise Http404
    need = (deed.code, "class")
    hand_over.require(actor=desk.caller.actor, command=deed.code, now=desk.caller.now)
    numbers = list(dict.fromkeys(ids.read_class(row) for row in fields.getlist("row")))
    code = f"class-{deed.code}"
    form = ReasonForm(request.POST if is_post else None, is_asked=deed.asks_why)
    if is_post and form.is_valid():
        reason = form.cleaned_data["reason"]
        return bulk_preview.start(
            request, desk, deed=code, need=need, numbers=numbers, reason=reason, terms={}
        )
    rows = bulk_preview.foresee(desk, deed=code, numbers=numbers, terms={})
    context = {
        "desk": desk,
        "title": deed.label,
        "effect": deed.effect,
        "is_danger": deed.is_danger,
        "do": deed.code,
        "form": form,
        "rows": rows,
        "possible": [row for row in rows if not row.why_not],
        "url": reverse("staff_class_bulk"),
        "back_url": reverse("staff_classes"),
    }
    status = 422 if form.errors else 200
    return render(request, "portals/staff/class_bulk.html", context, status=status)
