"""A sheet for one act: filled in, rehearsed with what it would do, then done.

What is confirmed is what was rehearsed: if a field has changed since, it is rehearsed again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yueke.booking.effects import rehearsed
from yueke.kernel.http_status import STATUS
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.notices.once import Request
from yueke.portals.asked import asked, fields_hash, new_key
from yueke.portals.foreseen import Line, effect_lines
from yueke.portals.staff.desk import Desk
from yueke.portals.staff.onward import changed

CONFIRM = "confirm"


@dataclass(frozen=True, slots=True)
class Act:
    """What a sheet asks for: its words, the command, and what its answer says.

    `lines` are what would happen, or has, in words; `onward` is where it leads when it is done.
    `fields` is the template that draws the form's fields. What `does_nothing_to_others` is run as a
    dry run; else it is told what becomes of them.
    """

    title: str
    submit: str
    run: Callable[[Request, forms.Form], Answer[Any]]
    lines: Callable[[Any], Sequence[str]]
    onward: str
    fields: str = "portals/components/form_fields.html"
    does_nothing_to_others: bool = False


def act_sheet(
    request: HttpRequest, *, desk: Desk, form: forms.Form, act: Act, note: str = ""
) -> HttpResponse:
    """Show the sheet; a POST rehearses it, and once that was seen carries it out."""
    refusal: Refusal | None = None
    lines: list[str] = []
    effects: list[Line] = []
    sealed = ""
    if request.method == "POST" and form.is_valid():
        said = asked(request=request, caller=desk.caller)
        seen = seal(request)
        is_seen = request.POST.get(CONFIRM) == seen
        try:
            if is_seen:
                results = act.run(said, form).all()
            else:
                results, effects = _rehearsed(desk, act, said, form)
        except Refusal as refused:
            refusal = refused
        else:
            lines = [line for one in results for line in act.lines(one)]
            if is_seen:
                return changed(request=request, text=" ".join(lines), url=act.onward)
            sealed = seen
    context = {
        "desk": desk,
        "act": act,
        "form": form,
        "note": note,
        "refusal": refusal,
        "lines": lines,
        "effects": effects,
        "sealed": sealed,
        "url": request.get_full_path(),
    }
    status = STATUS[refusal.kind] if refusal else 422 if form.errors else 200
    return render(request, "portals/staff/acting.html", context, status=status)


def data_of(request: HttpRequest) -> Any:
    """Return what a form is filled with: what was posted, if it was."""
    return request.POST if request.method == "POST" else None


def seal(request: HttpRequest) -> str:
    """Return what stands for the fields as they were rehearsed."""
    fields = request.POST.copy()
    fields.pop(CONFIRM, None)
    return fields_hash(request.path, fields).hex()


def _rehearsed(
    desk: Desk, act: Act, said: Request, form: forms.Form
) -> tuple[list[Any], list[Line]]:
    """Return what the act would answer and do to others; refuses as it would."""
    if act.does_nothing_to_others:
        return act.run(replace(said, dry_run=True), form).all(), []
    results, effects = rehearsed(
        market_id=desk.market_id, act=lambda: act.run(replace(said, key=new_key()), form).all()
    )
    lines = effect_lines(market_id=desk.market_id, effects=effects, now=desk.caller.now)
    return results, lines
