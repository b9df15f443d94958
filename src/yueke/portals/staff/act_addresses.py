"""Where a learner's family can be told: an e-mail address, and what WeChat knows it by."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from yueke.people import channels
from yueke.portals import message_words
from yueke.portals.access import staff_page
from yueke.portals.asked import asked
from yueke.portals.staff.desk import sit_down
from yueke.portals.staff.learner import find
from yueke.portals.staff.onward import changed
from yueke.reminders import contacts, queries, rules
from yueke.reminders.models import Contact
from yueke.reminders.parties import Party, addressees


class AddressesForm(forms.Form):
    """Two addresses; none is that it is not known."""

    email = forms.EmailField(label=_("E-mail address"), required=False)
    wechat = forms.RegexField(
        f"^{rules.OPENID}$",
        label=_("Openid in WeChat"),
        required=False,
        help_text=_("What our service account knows the family by."),
    )


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def addresses(request: HttpRequest, learner: str) -> HttpResponse:
    """Show the sheet, with how the family is told now; a POST notes the addresses."""
    desk = sit_down(request=request, see="learners")
    channels.require(desk.caller.actor, "note", "addresses")
    person = find(desk=desk, learner=learner)
    party = Party("family", person.family_id)
    contact = queries.find_contact(actor=desk.caller.actor, party=party) or Contact()
    form = AddressesForm(
        request.POST if request.method == "POST" else None,
        initial={"email": contact.email, "wechat": contact.wechat},
    )
    if request.method == "POST" and form.is_valid():
        answer = contacts.note_addresses(
            asked(request=request, caller=desk.caller),
            family_id=person.family_id,
            email=form.cleaned_data["email"],
            wechat=form.cleaned_data["wechat"],
        )
        answer.only()
        text = gettext("Addresses of %(name)s noted.") % {"name": person.family.name}
        return changed(request=request, text=text, url=reverse("staff_learner", args=[learner]))
    told = addressees(market_id=desk.market_id, parties=[party])[party].addresses
    context = {
        "desk": desk,
        "family": person.family,
        "id": learner,
        "form": form,
        "has_chosen": contact.ways is not None,
        "told": [(message_words.WAYS[way], address) for way, address in told.items()],
    }
    status = 422 if form.errors else 200
    return render(request, "portals/staff/addresses.html", context, status=status)
