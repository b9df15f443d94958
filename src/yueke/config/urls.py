"""Every address Django answers."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("", include("yueke.portals.urls")),
]
