"""The page on which families and teachers choose how they are told, and see what they were."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from yueke.kernel.http_status import STATUS
from yueke.kernel.refusal import Refusal
from yueke.people.models import User
from yueke.portals import message_words, toasts
from yueke.portals.access import family_page, teacher_page
from yueke.portals.asked import asked
from yueke.portals.caller import Caller, who_calls
from yueke.reminders import contacts, queries
from yueke.reminders.models import Contact
from yueke.reminders.parties import Party, addressees

SHOWN = 20


class ContactForm(forms.Form):
    """A tick for each way, and the address it needs."""

    email_on = forms.BooleanField(label=_("By e-mail"), required=False)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    sms_on = forms.BooleanField(label=_("By SMS"), required=False)
    sms = forms.RegexField(r"^\+?[0-9 -]{5,20}$", label=_("Phone number"), required=False)
    wechat_on = forms.BooleanField(label=_("In WeChat"), required=False)

    def __init__(self, data: Any, *, has_wechat: bool, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        if not has_wechat:
            del self.fields["wechat_on"]

    @property
    def ways(self) -> list[str]:
        """The ways that are ticked."""
        names = ("email", "sms", "wechat")
        return [name for name in names if self.cleaned_data.get(f"{name}_on")]


@family_page
@require_http_methods(["GET", "HEAD", "POST"])
def of_family(request: HttpRequest) -> HttpResponse:
    """Show a family how it is told; a POST chooses."""
    return _page(request, "family_contact")


@teacher_page
@require_http_methods(["GET", "HEAD", "POST"])
def of_teacher(request: HttpRequest) -> HttpResponse:
    """Show a teacher how they are told; a POST chooses."""
    return _page(request, "teacher_contact")


def _page(request: HttpRequest, name: str) -> HttpResponse:
    caller = who_calls(request=request)
    party = contacts.party_of(caller.actor)
    contact = queries.find_contact(actor=caller.actor, party=party)
    form = ContactForm(
        request.POST if request.method == "POST" else None,
        has_wechat=bool(contact and contact.wechat),
        initial=_initial(request, party, contact or Contact()),
    )
    refusal = None
    if request.method == "POST" and form.is_valid():
        refusal = _choose(request, caller, party, form)
        if refusal is None:
            toasts.say(request=request, text=gettext("From now on you are told this way."))
            return redirect(name)
    context = {
        "form": form,
        "refusal": refusal,
        "zone": caller.zone,
        "messages_to_them": [
            {
                "row": row,
                "about": message_words.ABOUTS[row.about],
                "way": message_words.WAYS[row.way],
                "state": message_words.STATES[row.state],
                "chip": message_words.CHIPS[row.state],
            }
            for row in queries.list_messages(actor=caller.actor, party=party)[:SHOWN]
        ],
    }
    status = STATUS[refusal.kind] if refusal else 422 if form.errors else 200
    return render(request, "portals/contact.html", context, status=status)


def _initial(request: HttpRequest, party: Party, contact: Contact) -> dict[str, Any]:
    user = request.user
    assert isinstance(user, User)
    phone = user.family.phone if user.kind == User.Kind.FAMILY else ""
    told = addressees(market_id=user.market_id, parties=[party])[party].addresses
    ticks = {f"{way}_on": True for way in told}
    return {**ticks, "email": contact.email or user.email, "sms": contact.phone or phone}


def _choose(
    request: HttpRequest, caller: Caller, party: Party, form: ContactForm
) -> Refusal | None:
    answer = contacts.choose_ways(
        asked(request=request, caller=caller),
        party=party,
        ways=form.ways,
        email=form.cleaned_data["email"],
        phone=form.cleaned_data["sms"],
    )
    [result] = answer.results
    return result if isinstance(result, Refusal) else None
