"""The addresses of the parents' pages."""

from django.urls import path

from yueke.portals import contact_page
from yueke.portals.family import (
    by_teacher,
    by_time,
    calendar,
    class_book,
    class_wait,
    classes,
    confirm,
    dedicated,
    entry,
    home,
    lesson,
    lessons,
    open_course,
    redeem,
    replays,
    start_now,
    trial,
    visit,
    wallet,
)
from yueke.portals.family.dedicated_book import dedicated_book
from yueke.portals.family.wait import wait_page

urlpatterns = [
    path("pc", entry.enter_pc, name="enter_pc"),
    path("h5", entry.enter_h5, name="enter_h5"),
    path("family/", home.home_page, name="family_home"),
    path("family/children", visit.children_page, name="family_children"),
    path("family/book", by_time.by_time_page, name="family_book"),
    path("family/book/teachers", by_teacher.by_teacher_page, name="family_by_teacher"),
    path("family/book/teachers/<teacher>", by_teacher.teacher_page, name="family_teacher"),
    path("family/book/confirm", confirm.confirm_page, name="family_confirm"),
    path("family/book/course", open_course.open_course_page, name="family_open_course"),
    path("family/own-teacher", dedicated.dedicated_page, name="family_dedicated"),
    path("family/own-teacher/choose", dedicated.choose, name="family_dedicated_choose"),
    path("family/own-teacher/book", dedicated_book, name="family_dedicated_book"),
    path("family/trial", trial.trial_page, name="family_trial"),
    path("family/trial/book", trial.trial_book, name="family_trial_book"),
    path("family/start-now", start_now.start_now_page, name="family_start_now"),
    path("family/lessons", lessons.lessons_page, name="family_lessons"),
    path("family/lessons/<seat>", lesson.lesson_page, name="family_lesson"),
    path("family/lessons/<seat>/enter", wait_page, name="family_wait"),
    path("family/lessons/<seat>/cancel", lesson.cancel_page, name="family_cancel"),
    path("family/lessons/<seat>/undo", lesson.undo_page, name="family_undo"),
    path("family/classes", classes.classes_page, name="family_classes"),
    path("family/classes/replays", replays.replays_page, name="family_replays"),
    path("family/classes/replays/<lesson>", replays.replay_buy_page, name="family_replay_buy"),
    path("family/classes/<lesson>", classes.class_page, name="family_class"),
    path("family/classes/<lesson>/book", class_book.book_page, name="family_class_book"),
    path("family/classes/<lesson>/wait", class_wait.wait_page, name="family_class_wait"),
    path("family/classes/<lesson>/unwait", class_wait.unwait_page, name="family_class_unwait"),
    path("family/wallet", wallet.wallet_page, name="family_wallet"),
    path("family/wallet/redeem", redeem.redeem_page, name="family_redeem"),
    path("family/calendar", calendar.address, name="family_calendar"),
    path("family/calendar/new", calendar.renew_address, name="family_calendar_renew"),
    path("family/contact", contact_page.of_family, name="family_contact"),
]
