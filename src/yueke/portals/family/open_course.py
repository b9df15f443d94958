"""Parents open a course that is theirs to open, before its lessons are booked (H5-8)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from yueke.curriculum import commands as curriculum
from yueke.curriculum import queries as curriculum_queries
from yueke.curriculum.models import Course
from yueke.people import channels
from yueke.people.refusals import ChannelMayNot
from yueke.portals import toasts
from yueke.portals.asked import asked
from yueke.portals.family.addresses import with_query
from yueke.portals.family.onward import onward
from yueke.portals.family.visit import Visit, child_page
from yueke.portals.product_names import product_name


def courses_to_open(*, visit: Visit) -> list[Course]:
    """Return the courses that the channel may open and the child has not."""
    actor = visit.caller.actor
    if not _opens_any(actor.channel):
        return []
    progress = curriculum_queries.progress_of(learner_ids=[visit.child.pk])
    had = {row.product_id for row in progress}
    return [
        course
        for course in curriculum_queries.list_courses(market_id=actor.market_id)
        if channels.may(actor.channel, "open", course.product.code) and course.product_id not in had
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@child_page
def open_course_page(request: HttpRequest, *, visit: Visit) -> HttpResponse:
    """Show which courses there are; a post opens one and leads to its times."""
    if not _opens_any(visit.caller.actor.channel):
        raise ChannelMayNot(visit.caller.actor.channel, "open", "special")
    if request.method == "POST":
        return _open(request, visit)
    courses = [
        {"value": f"{course.product.code}:{course.level}", "course": course}
        for course in courses_to_open(visit=visit)
    ]
    context = {"visit": visit, "courses": courses}
    return render(request, "portals/family/open_course.html", context)


def _open(request: HttpRequest, visit: Visit) -> HttpResponse:
    code, _, level = request.POST.get("course", "").partition(":")
    if not level.isascii() or not level.isdigit() or len(level) > 4:
        raise Http404
    answer = curriculum.open_course_of(
        asked(request=request, caller=visit.caller),
        learner_id=visit.child.pk,
        product=code,
        level=int(level),
    )
    answer.only()
    product = curriculum_queries.get_product(market_id=visit.caller.actor.market_id, code=code)
    text = gettext("%(course)s is open for %(name)s.")
    words = {"course": product_name(thing=product), "name": visit.child.name}
    toasts.say(request=request, text=text % words)
    book = with_query(reverse("family_book"), learner=visit.child_id, product=code)
    return onward(request=request, url=book)


def _opens_any(channel: str) -> bool:
    return any(
        command == "open" and channels.may(channel, command, of)
        for command, of in channels.permissions()
    )
