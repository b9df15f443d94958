"""The two addresses parents enter by: they decide the channel until the next logout."""

from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect

from yueke.portals import caller


def enter_pc(request: HttpRequest) -> HttpResponseRedirect:
    """Enter as on a desk."""
    request.session[caller.ENTRY] = caller.PC
    return redirect("root")


def enter_h5(request: HttpRequest) -> HttpResponseRedirect:
    """Enter as on a phone."""
    request.session[caller.ENTRY] = caller.H5
    return redirect("root")
