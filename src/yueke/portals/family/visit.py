"""A parent's visit: who calls, and for which child; with several children it is never guessed."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from yueke.people import queries as people_queries
from yueke.people.models import Learner
from yueke.people.refusals import LearnerNotFound
from yueke.portals import ids
from yueke.portals.access import family_page
from yueke.portals.caller import Caller, who_calls

CHOSEN = "learner"
# Where the question "for whom?" may lead on to.
PAGES = ("family_home", "family_book", "family_lessons", "family_classes", "family_wallet")


@dataclass(frozen=True, slots=True)
class Visit:
    """The caller, the family's children by name, and the one this page is about."""

    caller: Caller
    children: list[Learner]
    child: Learner
    path: str

    @property
    def child_id(self) -> str:
        """The child's id as addresses carry it."""
        return ids.LEARNER.show(self.child.pk)

    @property
    def zone(self) -> str:
        """The zone the family lives in."""
        return self.caller.zone

    @property
    def has_several(self) -> bool:
        """Whether the family has more than one child here."""
        return len(self.children) > 1

    def switch(self) -> list[dict[str, object]]:
        """Return the children to switch between on this page."""
        return [
            {
                "label": child.name,
                "url": f"{self.path}?learner={ids.LEARNER.show(child.pk)}",
                "current": child.pk == self.child.pk,
            }
            for child in self.children
        ]


VisitView = Callable[..., HttpResponseBase]


def child_page(view: VisitView) -> VisitView:
    """Give the view its visit; ask for whom it is while that is open."""

    @wraps(view)
    def visited(request: HttpRequest, **kwargs: object) -> HttpResponseBase:
        caller = who_calls(request=request)
        children = list(people_queries.find_learners(actor=caller.actor))
        child = _chosen(request, children)
        if child is None:
            here = request.resolver_match.url_name if request.resolver_match else None
            page = here if here in PAGES else PAGES[0]
            return redirect(f"{reverse('family_children')}?to={page}")
        return view(request, visit=Visit(caller, children, child, request.path), **kwargs)

    return family_page(visited)


def _chosen(request: HttpRequest, children: list[Learner]) -> Learner | None:
    named = request.GET.get("learner") or request.POST.get("learner")
    if named:
        number = ids.read_learner(named)
        child = next((child for child in children if child.pk == number), None)
        if child is None:
            raise LearnerNotFound(named)
        request.session[CHOSEN] = child.pk
        return child
    if len(children) == 1:
        return children[0]
    remembered = request.session.get(CHOSEN)
    return next((child for child in children if child.pk == remembered), None)


@family_page
def children_page(request: HttpRequest) -> HttpResponse:
    """Ask for which child; a family without one is told whom to ask."""
    caller = who_calls(request=request)
    to = request.GET.get("to", "")
    url = reverse(to if to in PAGES else PAGES[0])
    children = [
        {"name": child.name, "url": f"{url}?learner={ids.LEARNER.show(child.pk)}"}
        for child in people_queries.find_learners(actor=caller.actor)
    ]
    return render(request, "portals/family/children.html", {"children": children})
