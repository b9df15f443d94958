"""The week as the calendar fetches it: JSON in the wall clock of the teacher's zone."""

from datetime import datetime, timedelta

from django.core.exceptions import BadRequest
from django.http import HttpRequest, JsonResponse

from yueke.portals.access import teacher_page
from yueke.portals.caller import who_calls
from yueke.portals.stamps import show_stamp
from yueke.portals.teachers.asked_time import asked_wall
from yueke.portals.teachers.entries import Entry, entries_of_teacher
from yueke.portals.teachers.week import entry_url
from yueke.portals.wall import show_wall

RANGE_MAX = timedelta(days=35)


@teacher_page
def week_feed(request: HttpRequest) -> JsonResponse:
    """Return what stands between `start` and `end`."""
    caller = who_calls(request=request)
    assert caller.actor.teacher_id is not None
    begin = asked_wall(text=request.GET.get("start", ""), zone=caller.zone)
    end = asked_wall(text=request.GET.get("end", ""), zone=caller.zone)
    if not timedelta() < end - begin <= RANGE_MAX:
        raise BadRequest("the range is too long")
    found = entries_of_teacher(
        caller=caller, teacher_id=caller.actor.teacher_id, begin=begin, end=end
    )
    events = [calendar_event(entry=entry, zone=caller.zone) for entry in found]
    return JsonResponse(events, safe=False, headers={"Cache-Control": "no-store"})


def calendar_event(*, entry: Entry, zone: str) -> dict[str, object]:
    """Return an entry as FullCalendar takes it; free time lies behind, so that one can drag."""
    begins = show_wall(instant=entry.begins, zone=zone)
    # In the night when clocks go back, an end on the wall clock may come before its beginning.
    length = int((entry.ends - entry.begins).total_seconds() // 60)
    return {
        "id": show_stamp(entry.begins),
        "start": begins,
        "end": _later(begins, -(-length // 30) * 30),
        "title": entry.title,
        "url": entry_url(entry=entry),
        "display": "background" if entry.state == "open" else "auto",
        "extendedProps": {"state": entry.state},
    }


def _later(wall: str, minutes: int) -> str:
    """Return a wall clock time so many minutes on, whatever the zone does meanwhile."""
    return f"{datetime.fromisoformat(wall) + timedelta(minutes=minutes):%Y-%m-%dT%H:%M}"
