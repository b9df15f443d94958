"""Every address Django answers."""

from django.urls import include, path

from yueke.api import health
from yueke.api.nothing import nothing_here
from yueke.api.v1 import api

urlpatterns = [
    path("api/v1", nothing_here),
    path("api/v1/", nothing_here),
    path("api/v1/", api.urls),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("metrics", health.metrics),
    path("accounts/", include("allauth.urls")),
    path("", include("yueke.portals.urls")),
]
