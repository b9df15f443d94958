"""The addresses of staff's pages."""

from django.urls import path

from yueke.portals.staff.act_addresses import addresses
from yueke.portals.staff.act_ask import ask, take_back
from yueke.portals.staff.act_catch_up import catch_up_sheet
from yueke.portals.staff.act_contract import end_contract, schedule
from yueke.portals.staff.act_dual import dual_sheet
from yueke.portals.staff.act_own_teacher import own_teacher
from yueke.portals.staff.act_rematch import rematch_sheet
from yueke.portals.staff.act_replay import replay_buy, replay_refund
from yueke.portals.staff.act_several import book_several
from yueke.portals.staff.act_trial import overbook_trial
from yueke.portals.staff.assured import assured
from yueke.portals.staff.auto_row import auto_row
from yueke.portals.staff.auto_rule import auto_rule
from yueke.portals.staff.auto_rules import auto_rule_do, auto_rules
from yueke.portals.staff.auto_run import auto_run
from yueke.portals.staff.auto_runs import auto_preview, auto_runs
from yueke.portals.staff.book import book
from yueke.portals.staff.bulk_new import bulk_new
from yueke.portals.staff.bulks import bulk, bulks
from yueke.portals.staff.campaign import campaign
from yueke.portals.staff.campaign_new import campaign_new
from yueke.portals.staff.campaigns import campaigns
from yueke.portals.staff.cancel import cancel
from yueke.portals.staff.class_attend import attend
from yueke.portals.staff.class_book import class_book
from yueke.portals.staff.class_bulk import class_bulk
from yueke.portals.staff.class_do import class_do
from yueke.portals.staff.class_form import class_cover, class_edit, class_new
from yueke.portals.staff.class_replay import class_replay
from yueke.portals.staff.classes import classes, open_class
from yueke.portals.staff.confirm import confirm
from yueke.portals.staff.console import console
from yueke.portals.staff.contracts import contract, contracts
from yueke.portals.staff.coupon_batch import coupon_batch
from yueke.portals.staff.coupons import coupons
from yueke.portals.staff.coupons_new import coupons_new
from yueke.portals.staff.give import campaign_give, give
from yueke.portals.staff.grant import grant
from yueke.portals.staff.holidays import holiday_remove, holidays
from yueke.portals.staff.learner import learner
from yueke.portals.staff.learner_audit import learner_audit
from yueke.portals.staff.learners import learners
from yueke.portals.staff.lesson import lesson
from yueke.portals.staff.lesson_do import lesson_do, lesson_undo
from yueke.portals.staff.lessons import lessons
from yueke.portals.staff.messages import messages
from yueke.portals.staff.mine import mine
from yueke.portals.staff.open_course import open_course
from yueke.portals.staff.overbooking import overbooking
from yueke.portals.staff.policies import policies
from yueke.portals.staff.policy import policy
from yueke.portals.staff.requests import requests
from yueke.portals.staff.slot import slot
from yueke.portals.staff.strategy import strategy
from yueke.portals.staff.supply import supply
from yueke.portals.staff.supply_cell import supply_cell
from yueke.portals.staff.teacher import teacher
from yueke.portals.staff.teacher_week import teacher_week
from yueke.portals.staff.teachers import teachers
from yueke.portals.staff.then import (
    learner_as_it_was,
    lesson_as_it_was,
    slot_as_it_was,
    teacher_as_it_was,
    wallet_as_it_was,
)
from yueke.portals.staff.timers import timers_page
from yueke.portals.staff.times import times, times_learners
from yueke.portals.staff.times_do import times_do, times_undo
from yueke.portals.staff.waits import waits
from yueke.portals.staff.wallet import wallet
from yueke.portals.staff.webhook import webhook, webhook_replay, webhook_secret, webhook_switch
from yueke.portals.staff.webhooks import webhooks

urlpatterns = [
    path("staff/", console, name="staff_console"),
    path("staff/learners", learners, name="staff_learners"),
    path("staff/mine", mine, name="staff_mine"),
    path("staff/learners/<str:learner>", learner, name="staff_learner"),
    path("staff/learners/<str:learner>/then", learner_as_it_was, name="staff_learner_then"),
    path("staff/learners/<str:learner>/wallet/then", wallet_as_it_was, name="staff_wallet_then"),
    path("staff/learners/<str:learner>/audit", learner_audit, name="staff_learner_audit"),
    path("staff/learners/<str:learner>/wallet", wallet, name="staff_wallet"),
    path("staff/learners/<str:learner>/grant", grant, name="staff_grant"),
    path("staff/learners/<str:learner>/addresses", addresses, name="staff_addresses"),
    path("staff/learners/<str:learner>/course", open_course, name="staff_open_course"),
    path("staff/learners/<str:learner>/auto", auto_rules, name="staff_auto_rules"),
    path("staff/learners/<str:learner>/auto/<str:product>", auto_rule, name="staff_auto_rule"),
    path(
        "staff/learners/<str:learner>/auto/<str:rule>/<str:deed>",
        auto_rule_do,
        name="staff_auto_rule_do",
    ),
    path("staff/learners/<str:learner>/ask", ask, name="staff_ask"),
    path("staff/learners/<str:learner>/contract", schedule, name="staff_schedule"),
    path("staff/learners/<str:learner>/catch-up", catch_up_sheet, name="staff_catch_up"),
    path("staff/learners/<str:learner>/dual", dual_sheet, name="staff_dual"),
    path("staff/learners/<str:learner>/own-teacher", own_teacher, name="staff_own_teacher"),
    path("staff/learners/<str:learner>/trial", overbook_trial, name="staff_overbook"),
    path("staff/requests", requests, name="staff_requests"),
    path("staff/requests/<str:wish>/take-back", take_back, name="staff_request_take_back"),
    path("staff/contracts", contracts, name="staff_contracts"),
    path("staff/contracts/<str:contract>", contract, name="staff_contract"),
    path("staff/contracts/<str:contract>/end", end_contract, name="staff_contract_end"),
    path("staff/assured", assured, name="staff_assured"),
    path("staff/waits", waits, name="staff_waits"),
    path("staff/learners/<str:learner>/book", book, name="staff_book"),
    path("staff/learners/<str:learner>/book/confirm", confirm, name="staff_confirm"),
    path("staff/learners/<str:learner>/book/several", book_several, name="staff_several"),
    path("staff/teachers", teachers, name="staff_teachers"),
    path("staff/teachers/<str:teacher>", teacher, name="staff_teacher"),
    path("staff/teachers/<str:teacher>/then", teacher_as_it_was, name="staff_teacher_then"),
    path(
        "staff/teachers/<str:teacher>/slots/<str:stamp>/then",
        slot_as_it_was,
        name="staff_slot_then",
    ),
    path("staff/teachers/<str:teacher>/week", teacher_week, name="staff_teacher_week"),
    path("staff/teachers/<str:teacher>/slots/<str:stamp>", slot, name="staff_slot"),
    path("staff/teachers/<str:teacher>/times", times, name="staff_times"),
    path(
        "staff/teachers/<str:teacher>/times/learners", times_learners, name="staff_times_learners"
    ),
    path("staff/teachers/<str:teacher>/times/do", times_do, name="staff_times_do"),
    path("staff/teachers/<str:teacher>/times/undo", times_undo, name="staff_times_undo"),
    path("staff/classes", classes, name="staff_classes"),
    path("staff/classes/new", class_new, name="staff_class_new"),
    path("staff/classes/bulk", class_bulk, name="staff_class_bulk"),
    path("staff/classes/<str:lesson>", open_class, name="staff_class"),
    path("staff/classes/<str:lesson>/edit", class_edit, name="staff_class_edit"),
    path("staff/classes/<str:lesson>/cover", class_cover, name="staff_class_cover"),
    path("staff/classes/<str:lesson>/attendance", attend, name="staff_class_attend"),
    path("staff/classes/<str:lesson>/book", class_book, name="staff_class_book"),
    path("staff/classes/<str:lesson>/replay", class_replay, name="staff_class_replay"),
    path("staff/classes/<str:lesson>/replay/buy", replay_buy, name="staff_replay_buy"),
    path(
        "staff/classes/<str:lesson>/replay/<str:learner>/refund",
        replay_refund,
        name="staff_replay_refund",
    ),
    path("staff/classes/<str:lesson>/<str:deed>", class_do, name="staff_class_do"),
    path("staff/campaigns", campaigns, name="staff_campaigns"),
    path("staff/campaigns/new", campaign_new, name="staff_campaign_new"),
    path("staff/campaigns/<str:campaign>", campaign, name="staff_campaign"),
    path("staff/campaigns/<str:campaign>/give", campaign_give, name="staff_campaign_give"),
    path("staff/give", give, name="staff_give"),
    path("staff/coupons", coupons, name="staff_coupons"),
    path("staff/coupons/new", coupons_new, name="staff_coupons_new"),
    path("staff/coupons/<str:batch>", coupon_batch, name="staff_coupon_batch"),
    path("staff/policies", policies, name="staff_policies"),
    path("staff/policies/<str:policy>", policy, name="staff_policy"),
    path("staff/bulks", bulks, name="staff_bulks"),
    path("staff/bulks/new", bulk_new, name="staff_bulk_new"),
    path("staff/bulks/<str:bulk>", bulk, name="staff_bulk"),
    path("staff/auto", auto_runs, name="staff_auto_runs"),
    path("staff/auto/preview", auto_preview, name="staff_auto_preview"),
    path("staff/auto/<str:run>", auto_run, name="staff_auto_run"),
    path("staff/auto/<str:run>/<int:place>", auto_row, name="staff_auto_row"),
    path("staff/holidays", holidays, name="staff_holidays"),
    path("staff/holidays/<str:holiday>/remove", holiday_remove, name="staff_holiday_remove"),
    path("staff/lessons", lessons, name="staff_lessons"),
    path("staff/lessons/<str:seat>", lesson, name="staff_lesson"),
    path("staff/lessons/<str:seat>/then", lesson_as_it_was, name="staff_lesson_then"),
    path("staff/lessons/<str:seat>/rematch", rematch_sheet, name="staff_rematch"),
    path("staff/lessons/<str:seat>/cancel", cancel, name="staff_cancel"),
    path("staff/lessons/<str:seat>/<str:deed>", lesson_do, name="staff_lesson_do"),
    path("staff/lessons/<str:seat>/<str:deed>/undo", lesson_undo, name="staff_lesson_undo"),
    path("staff/supply", supply, name="staff_supply"),
    path("staff/supply/<str:stamp>", supply_cell, name="staff_supply_cell"),
    path("staff/overbooking", overbooking, name="staff_overbooking"),
    path("staff/overbooking/strategy", strategy, name="staff_strategy"),
    path("staff/timers", timers_page, name="staff_timers"),
    path("staff/messages", messages, name="staff_messages"),
    path("staff/webhooks", webhooks, name="staff_webhooks"),
    path("staff/webhooks/<str:endpoint>", webhook, name="staff_webhook"),
    path("staff/webhooks/<str:endpoint>/secret", webhook_secret, name="staff_webhook_secret"),
    path("staff/webhooks/<str:endpoint>/switch", webhook_switch, name="staff_webhook_switch"),
    path(
        "staff/webhooks/<str:endpoint>/<str:delivery>/replay",
        webhook_replay,
        name="staff_webhook_replay",
    ),
]
