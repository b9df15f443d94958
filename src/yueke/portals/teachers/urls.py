"""The addresses of teachers' pages."""

from django.urls import path

from yueke.portals import contact_page
from yueke.portals.calendar_feed import calendar_feed
from yueke.portals.teachers import calendar, lessons, pattern, time, undo, week
from yueke.portals.teachers.contract import contract
from yueke.portals.teachers.inbox import inbox
from yueke.portals.teachers.lesson_cancel import cancel_lesson
from yueke.portals.teachers.request import lesson_request
from yueke.portals.teachers.week_feed import week_feed

urlpatterns = [
    path("teacher/", week.week, name="teacher_week"),
    path("teacher/week.json", week_feed, name="teacher_week_feed"),
    path("teacher/time", time.time_sheet, name="teacher_time"),
    path("teacher/time/release", time.release, name="teacher_release"),
    path("teacher/time/withdraw", time.withdraw, name="teacher_withdraw"),
    path("teacher/time/undo/<str:action>", undo.undo, name="teacher_undo"),
    path("teacher/pattern", pattern.pattern, name="teacher_pattern"),
    path("teacher/lessons", lessons.lessons, name="teacher_lessons"),
    path("teacher/lessons/<str:seat>", lessons.lesson, name="teacher_lesson"),
    path("teacher/lessons/<str:seat>/cancel", cancel_lesson, name="teacher_cancel"),
    path("teacher/inbox", inbox, name="teacher_inbox"),
    path("teacher/requests/<str:wish>", lesson_request, name="teacher_request"),
    path("teacher/contracts/<str:contract>", contract, name="teacher_contract"),
    path("teacher/calendar", calendar.address, name="teacher_calendar"),
    path("teacher/calendar/new", calendar.renew_address, name="teacher_calendar_renew"),
    path("calendar/<str:token>.ics", calendar_feed, name="calendar_feed"),
    path("teacher/contact", contact_page.of_teacher, name="teacher_contact"),
]
