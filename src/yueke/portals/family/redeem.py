"""A code becomes a coupon in the child's wallet."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from yueke.portals import toasts
from yueke.portals.asked import asked
from yueke.portals.family.addresses import with_query
from yueke.portals.family.onward import onward
from yueke.portals.family.visit import Visit, child_page
from yueke.wallet.coupons import commands


@require_POST
@child_page
def redeem_page(request: HttpRequest, *, visit: Visit) -> HttpResponse:
    """Redeem the code that was typed; a refusal is told as it is everywhere."""
    answer = commands.redeem(
        asked(request=request, caller=visit.caller),
        learner_id=visit.child.pk,
        code=request.POST.get("code", ""),
    )
    answer.only()
    text = gettext("A coupon is in %(name)s's wallet.") % {"name": visit.child.name}
    toasts.say(request=request, text=text)
    return onward(request=request, url=with_query(reverse("family_wallet"), learner=visit.child_id))
