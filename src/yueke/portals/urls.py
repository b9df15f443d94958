"""The addresses of the pages."""

from django.urls import include, path
from django.views.i18n import set_language

from yueke.portals import covers, login, replays, style

urlpatterns = [
    path("", login.root, name="root"),
    path("language", set_language, name="set_language"),
    path("style", style.style_page, name="style"),
    path("style/sheet", style.style_sheet, name="style_sheet"),
    path("style/week", style.style_week, name="style_week"),
    path("replays/<lesson>", replays.watch, name="replay_watch"),
    path("covers/<lesson>/<digest>", covers.cover, name="class_cover"),
    path("", include("yueke.portals.family.urls")),
    path("", include("yueke.portals.teachers.urls")),
    path("", include("yueke.portals.staff.urls")),
    path("style/done", style.style_done, name="style_done"),
]
