"""Which kind of person may see a page; staff also need their second factor."""

from collections.abc import Callable
from functools import wraps
from typing import Final

from allauth.mfa.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from yueke.people.models import User

View = Callable[..., HttpResponseBase]
ACTIVATION: Final = "mfa_activate_totp"


def needs_second_factor(*, user: User) -> bool:
    """Return whether this person must set up a second factor before working."""
    required = getattr(settings, "YUEKE_STAFF_MFA", "required") == "required"
    if user.kind != User.Kind.STAFF or not required:
        return False
    return not get_adapter().is_mfa_enabled(user)


def page_for(*, kind: User.Kind) -> Callable[[View], View]:
    """Return a decorator that lets in one kind of person and refuses the others with 403."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            user = request.user
            if not isinstance(user, User) or user.kind != kind:
                raise PermissionDenied
            if needs_second_factor(user=user):
                return redirect(ACTIVATION)
            return view(request, *args, **kwargs)

        return login_required(guarded)

    return decorate


family_page = page_for(kind=User.Kind.FAMILY)
teacher_page = page_for(kind=User.Kind.TEACHER)
staff_page = page_for(kind=User.Kind.STAFF)
