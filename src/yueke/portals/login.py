"""Logins: nobody signs up by themselves, and each person is greeted in their own language."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import translation

from yueke.people.models import User
from yueke.portals import access, navigation


class ClosedSignup(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """What allauth asks the product about accounts."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by the company, never by a visitor."""
        return False

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Speak the person's language, unless one was chosen on this device."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                user.language,
                max_age=settings.LANGUAGE_COOKIE_AGE,
                samesite="Lax",
            )
            translation.activate(user.language)
        return response

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The page that follows a login or logout shows that it worked; no words are needed."""


def root(request: HttpRequest) -> HttpResponseRedirect:
    """Lead each person to their first page."""
    user = request.user
    if not isinstance(user, User):
        return redirect("account_login")
    if access.needs_second_factor(user=user):
        return redirect(access.ACTIVATION)
    return redirect(navigation.HOMES[user.kind])
