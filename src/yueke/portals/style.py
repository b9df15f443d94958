"""The page that shows every component live, in both languages and both modes."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yueke.inventory import refusals as inventory_refusals
from yueke.portals import moments, navigation, states
from yueke.wallet import refusals as wallet_refusals

LANGUAGES: Final = {code for code, _name in settings.LANGUAGES}


def sample_tuesday() -> datetime:
    """Return a Tuesday of this year's March, at 19:00 in Beijing."""
    day = date.fromisocalendar(timezone.now().year, 11, 2)
    return datetime.combine(day, time(11), tzinfo=UTC)


class SampleForm(forms.Form):
    """A field of each sort."""

    name = forms.CharField(label=gettext_lazy("Learner's name"))
    lesson = forms.ChoiceField(
        label=gettext_lazy("Lesson"),
        choices=[("major", gettext_lazy("Major course")), ("open", gettext_lazy("Open class"))],
        help_text=gettext_lazy("What the learner has credits for comes first."),
    )
    weeks = forms.IntegerField(label=gettext_lazy("Weeks"), min_value=1, max_value=12)
    note = forms.CharField(label=gettext_lazy("Note"), required=False)
    keep = forms.BooleanField(label=gettext_lazy("Repeat every week"), required=False)


def sample_days(tuesday: datetime) -> list[dict[str, Any]]:
    """Return the week of the samples; Monday is over, Tuesday is chosen."""
    monday = tuesday - timedelta(days=1)
    return [
        {
            "name": moments.WEEKDAYS_SHORT[index],
            "number": (monday + timedelta(days=index)).day,
            "label": moments.day_words(
                day=(monday + timedelta(days=index)).date(), this_year=tuesday.year
            ),
            "url": "#bars",
            "current": index == 1,
            "disabled": index == 0,
        }
        for index in range(7)
    ]


def sample_times() -> list[dict[str, Any]]:
    """Return an evening's half-hours and how many teachers are free."""
    counts = {"17:30": 0, "18:00": 41, "18:30": 120, "19:00": 214, "19:30": 87, "20:00": 160}
    return [
        {"label": label, "count": count, "url": "#bars", "current": label == "19:00"}
        for label, count in counts.items()
    ]


def sample_week() -> list[dict[str, Any]]:
    """Return rows of a week with every state in it."""
    plan = {
        "18:00": ["finished", None, "open", "open", None, "booked", None],
        "18:30": ["finished", "live", "open", "held", None, "booked", "open"],
        "19:00": ["cancelled", "booked", None, "trouble", "open", "open", "open"],
    }
    return [
        {
            "label": label,
            "cells": [
                {"state": state, "label": f"{label} {states.WORDS[state]}"} if state else None
                for state in row
            ],
        }
        for label, row in plan.items()
    ]


def sample_entries(tuesday: datetime) -> list[dict[str, Any]]:
    """Return what happened to a lesson, newest first."""
    return [
        {
            "text": _("Cancelled; 1 credit came back"),
            "at": tuesday - timedelta(hours=30),
            "actor": _("Ms Chen"),
            "channel": _("Parents, phone"),
        },
        {
            "text": _("The teacher did not enter"),
            "at": tuesday - timedelta(days=2),
            "actor": _("Classroom"),
            "trouble": True,
        },
        {
            "text": _("Booked with 1 credit"),
            "whom": [[{"name": "乐乐", "url": "#lists"}], [{"name": "Emma", "url": "#lists"}]],
            "at": tuesday - timedelta(days=5),
            "actor": _("Ms Chen"),
            "channel": _("Parents, phone"),
            "detail": _("Major course, level 3, lesson 12"),
        },
    ]


def samples() -> dict[str, Any]:
    """Return everything the page shows, in the language of the moment."""
    tuesday = sample_tuesday()
    wrong = SampleForm({"name": "", "lesson": "major", "weeks": "40"})
    wrong.is_valid()
    return {
        "form": SampleForm(),
        "wrong": wrong,
        "states": list(states.WORDS),
        "instant": tuesday,
        "until": tuesday + timedelta(minutes=25),
        "days": sample_days(tuesday),
        "times": sample_times(),
        "rows": sample_week(),
        "entries": sample_entries(tuesday),
        "taken": inventory_refusals.SlotAlreadyTaken(teacher_id=1, starts_at=tuesday),
        "too_low": wallet_refusals.BalanceTooLow(asset="credit", needed=2, available=1),
        "series": [41, 44, 39, 47, 52, 50, 58],
        "children": [
            {"label": _("Lele"), "url": "#choice", "current": True},
            {"label": _("Doudou"), "url": "#choice"},
        ],
        "ways": [
            {"label": _("By time"), "url": "#choice", "current": True},
            {"label": _("By teacher"), "url": "#choice"},
        ],
        "columns": [
            {"key": "level", "label": _("Level")},
            {"key": "credits", "label": _("Credits left")},
        ],
        "people": [
            {"name": _("Lele"), "phone": "138 0000 0001", "level": 3, "credits": 14},
            {"name": _("Doudou"), "phone": "138 0000 0001", "level": 5, "credits": 2},
            {"name": _("Xiaoyu"), "phone": "138 0000 0002", "level": 1, "credits": 36},
        ],
        "items": [
            navigation.Item(label=str(way.label), url="#nav", icon=way.icon, current=index == 0)
            for index, way in enumerate(navigation.WAYS["family"])
        ],
    }


def chosen_language(request: HttpRequest) -> str:
    """Return the language the address asks for, or the device's."""
    language = request.GET.get("lang", "")
    return language if language in LANGUAGES else translation.get_language()


def style_page(request: HttpRequest) -> HttpResponse:
    """Show the components; `lang` and `mode` override the device's."""
    mode = request.GET.get("mode", "")
    with translation.override(chosen_language(request)):
        context = {**samples(), "mode": mode if mode in {"dark", "light"} else ""}
        return render(request, "portals/style.html", context)


def style_sheet(request: HttpRequest) -> HttpResponse:
    """Show the sample sheet."""
    return render(request, "portals/style_sheet.html", samples())


def style_done(request: HttpRequest) -> HttpResponse:
    """Do nothing, so that the samples' buttons have something to call."""
    return HttpResponse(status=204, headers={"HX-Trigger": "sheet:close"})


def style_week(request: HttpRequest) -> JsonResponse:
    """Return a teacher's week for the sample calendar, in the calendar's wall clock."""
    monday = sample_tuesday().date() - timedelta(days=1)
    plan = [
        (0, "18:00", "18:30", "finished"),
        (1, "19:00", "19:30", "booked"),
        (2, "18:00", "20:00", "open"),
        (3, "19:00", "19:30", "held"),
        (4, "18:30", "19:00", "booked"),
        (4, "19:00", "20:30", "open"),
    ]
    with translation.override(chosen_language(request)):
        words = {state: str(word) for state, word in states.WORDS.items()}
    events = [
        {
            "id": str(index),
            "start": f"{monday + timedelta(days=day)}T{start}:00",
            "end": f"{monday + timedelta(days=day)}T{end}:00",
            "title": words[state],
            "extendedProps": {"state": state},
        }
        for index, (day, start, end, state) in enumerate(plan)
    ]
    return JsonResponse(events, safe=False)
