"""The bare address of a version, where there is nothing: a problem, like every such address."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from yueke.api import problems
from yueke.api.refusals import NothingHere


@csrf_exempt
def nothing_here(request: HttpRequest) -> HttpResponse:
    """Refuse every method."""
    return problems.response(NothingHere())
