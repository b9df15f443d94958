"""Take down who came to a class."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from yueke.booking.classes.attendance import take_attendance
from yueke.portals import ids
from yueke.portals.access import staff_page
from yueke.portals.asked import asked
from yueke.portals.staff.desk import sit_down
from yueke.portals.staff.onward import onward


@staff_page
@require_POST
def attend(request: HttpRequest, lesson: str) -> HttpResponse:
    """Take down that those ticked came, and all others did not."""
    desk = sit_down(request=request, see="classes")
    answer = take_attendance(
        asked(request=request, caller=desk.caller),
        class_id=ids.read_class(lesson),
        seat_ids=[ids.read_seat(seat) for seat in request.POST.getlist("came")],
    )
    done = answer.only()
    text = gettext("%(came)s came, %(absent)s did not") % {"came": done.came, "absent": done.absent}
    return onward(request=request, text=text, url=reverse("staff_class", args=[lesson]))
