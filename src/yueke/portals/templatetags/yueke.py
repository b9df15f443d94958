"""The components that need a little Python, and `{% component %}` for those that hold others."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from yueke.kernel.refusal import Refusal
from yueke.people.models import User
from yueke.portals import amounts, charts, moments, navigation, sentences, states
from yueke.portals.caller import who_calls
from yueke.portals.teachers.inbox import waiting_count

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon; it says nothing to a screen reader."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>',
        static("portals/icons.svg"),
        name,
    )


@register.inclusion_tag("portals/components/chip.html")
def chip(state: str, label: str = "") -> dict[str, Any]:
    """Show a state by word, shape and colour; `label` replaces the usual word."""
    return {"state": state, "label": label or states.WORDS[state]}


@register.simple_tag
def rating(hundredths: int) -> SafeString:
    """Show a teacher's rating, kept in hundredths, as a star and one decimal."""
    return format_html(
        '<span class="rating">{}<span class="sr-only">{}</span> {}</span>',
        icon("star"),
        gettext("Rating"),
        f"{hundredths / 100:.1f}",
    )


@register.inclusion_tag("portals/components/amount.html")
def amount(value: int, asset: str, signed: bool = False) -> dict[str, Any]:
    """Show so many credits, coupons or stones; `signed` where changes are listed."""
    return {
        "asset": asset,
        "number": amounts.number_words(value=value, signed=signed),
        "unit": amounts.UNITS[asset](abs(value)),
        "plus": signed and value > 0,
    }


@register.simple_tag
def when_plain(instant: datetime, zone: str, part: moments.Part = "full") -> str:
    """Say an instant where no element can stand, as in an option."""
    return moments.moment_words(
        instant=instant, zone=zone, this_year=timezone.now().year, part=part
    )


@register.simple_tag
def when(
    instant: datetime,
    zone: str,
    viewer_zone: str | None = None,
    other_zone: str | None = None,
    until: datetime | None = None,
    part: moments.Part = "full",
) -> SafeString:
    """Show an instant in a zone, named when it isn't the viewer's; the other party's on hover."""
    return moments.time_element(
        instant=instant,
        zone=zone,
        this_year=timezone.now().year,
        viewer_zone=viewer_zone,
        other_zone=other_zone,
        until=until,
        part=part,
    )


@register.inclusion_tag("portals/components/stat.html")
def stat(
    label: str, value: object, series: Sequence[float] = (), url: str = "", unit: str = ""
) -> dict[str, Any]:
    """Show a number with the line of its past; it leads to the rows behind it."""
    points = charts.sparkline_points(values=series, width=120, height=28)
    return {
        "label": label,
        "value": value,
        "unit": unit,
        "url": url,
        "points": " ".join(points),
        "last": points[-1].split(",") if points else None,
    }


@register.inclusion_tag("portals/components/bars.html")
def bars(times: Iterable[Mapping[str, Any]], target: str = "") -> dict[str, Any]:
    """Show how many teachers are free at each time: dicts of label, count, url, current."""
    listed = list(times)
    largest = max((time["count"] for time in listed), default=0)
    return {
        "times": [
            {**time, "level": charts.bar_level(count=time["count"], largest=largest)}
            for time in listed
        ],
        "target": target,
    }


@register.inclusion_tag("portals/components/refusal.html")
def refusal_box(refusal: Refusal, zone: str = "Asia/Shanghai") -> dict[str, Any]:
    """Say what happened, why, and what to try; times are told in `zone`."""
    return {"sentence": sentences.sentence(refusal=refusal, zone=zone), "code": refusal.code}


@register.inclusion_tag("portals/components/nav.html", takes_context=True)
def nav(context: Context) -> dict[str, Any]:
    """Show the ways through the pages of whoever is logged in."""
    request: HttpRequest | None = context.get("request")
    if request is None or not isinstance(user := getattr(request, "user", None), User):
        return {"items": []}
    channel = user.staff.channel if user.kind == User.Kind.STAFF and hasattr(user, "staff") else ""
    counts = {}
    if user.kind == User.Kind.TEACHER and hasattr(user, "teacher"):
        counts["teacher_inbox"] = waiting_count(actor=who_calls(request=request).actor)
    items = navigation.items(kind=user.kind, path=request.path, channel=channel, counts=counts)
    return {"kind": user.kind, "items": items}


@register.simple_block_tag(takes_context=True)
def component(context: Context, content: str, name: str, **params: Any) -> str:
    """Draw the component `name` around what stands inside, which it finds as `body`."""
    return render_to_string(
        f"portals/components/{name}.html",
        {**params, "body": content, "request": context.get("request")},
    )
