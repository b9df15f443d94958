"""A parent looking for a lesson: for which child, in which course, and what the pages share."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext

from yueke.booking.queries import Search
from yueke.curriculum.models import LearningProgress
from yueke.portals.family import addresses
from yueke.portals.family.open_course import courses_to_open
from yueke.portals.family.products import chosen_course, course_name, open_courses
from yueke.portals.family.visit import Visit, child_page
from yueke.portals.lesson_search import lesson_search


@dataclass(frozen=True, slots=True)
class Look:
    """The visit, the course a lesson is looked for in, and all that may be booked here."""

    visit: Visit
    course: LearningProgress
    courses: list[LearningProgress]

    @property
    def product(self) -> str:
        """The code of the course's product."""
        return self.course.product.code

    def url(self, page: str, *args: str, **values: str) -> str:
        """Return a page's address for this child and course."""
        chosen = {"learner": self.visit.child_id, "product": self.product} | values
        return addresses.with_query(reverse(page, args=args), **chosen)

    def search(self, *, begin: datetime, end: datetime, tag: str = "") -> Search:
        """Return a search for the child's lessons that start in the half-open window."""
        return lesson_search(
            learner_id=self.visit.child.pk,
            product=self.course.product,
            begin=begin,
            end=end,
            tags=(tag,) if tag else (),
        )

    def frame(self, page: str) -> dict[str, Any]:
        """Return what stands at the top: the ways to look, and the products to choose from."""
        ways = (("family_book", gettext("By time")), ("family_by_teacher", gettext("By teacher")))
        return {
            "visit": self.visit,
            "look": self,
            "ways": [
                {"label": label, "url": self.url(way), "current": way == page}
                for way, label in ways
            ],
            "may_open": bool(courses_to_open(visit=self.visit)),
            "products": [
                {
                    "label": course_name(course),
                    "url": self.url(page, product=course.product.code),
                    "current": course.pk == self.course.pk,
                }
                for course in self.courses
            ],
        }


LookView = Callable[..., HttpResponseBase]


def look_page(view: LookView) -> LookView:
    """Give the view its look; where no course is open, say whom to ask."""

    @wraps(view)
    def looking(request: HttpRequest, *, visit: Visit, **kwargs: object) -> HttpResponseBase:
        courses = open_courses(visit=visit)
        if not courses:
            context = {"visit": visit, "may_open": bool(courses_to_open(visit=visit))}
            return render(request, "portals/family/no_course.html", context)
        code = request.GET.get("product") or request.POST.get("product", "")
        course = chosen_course(courses=courses, code=code)
        return view(request, look=Look(visit, course, courses), **kwargs)

    return child_page(looking)


def show(*, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Return the page, or only its changing part where htmx asks for that."""
    headers = request.headers
    is_part = headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in headers
    answer = render(request, template, context | {"is_part": is_part})
    patch_vary_headers(answer, ["HX-Request"])
    return answer
