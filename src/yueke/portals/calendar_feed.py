"""A calendar for whoever has its secret address: a teacher's or a family's."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from yueke.people import calendar
from yueke.portals.family.calendar_feed import familys_calendar
from yueke.portals.teachers.calendar_feed import teachers_calendar


@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Return the calendar with this secret address, or 404."""
    now = timezone.now()
    if (teacher := calendar.find_teacher_of_calendar(token=token)) is not None:
        with translation.override(teacher.user.language if teacher.user else "en"):
            body = teachers_calendar(teacher=teacher, now=now)
    elif (family := calendar.find_family_of_calendar(token=token)) is not None:
        with translation.override(family.user.language if family.user else "zh-hans"):
            body = familys_calendar(family=family, now=now)
    else:
        raise Http404
    headers = {"Cache-Control": "private, max-age=300", "Referrer-Policy": "no-referrer"}
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)
