"""Parents on the PC site."""

from tests.served import Desk, ahead, balances, booking, done, id_of, refused
from yueke.kernel.grid import show_instant


def test_PC_1_a_parent_on_a_pc_books_a_major_lesson(company: Desk) -> None:
    start = ahead(hours=48)
    emma, learner = company.teacher(start), company.learner(credit=3)
    parents = company.parents(learner, channel="parents-pc")

    found = parents.get(
        "/teachers",
        learner=id_of(learner),
        product="major",
        from_=show_instant(start),
        to=show_instant(ahead(hours=60)),
    )
    [free] = done(found)["teachers"]
    assert (free["id"], free["free_at"]) == (id_of(emma), [show_instant(start)])

    booked = done(parents.post("/bookings", booking(learner, emma, start)))
    assert booked["state"] == "booked"
    assert booked["starts_at"] == show_instant(start)
    assert booked["paid"] == {"asset": "credit", "amount": 1}
    assert booked["free_cancel_until"] == show_instant(ahead(hours=24))
    assert balances(parents, learner) == {"credit": 2}

    lesson = done(parents.get(f"/lessons/{booked['seat']}"))
    assert (lesson["state"], lesson["product"], lesson["level"]) == ("live", "major", 3)
    assert (lesson["teacher_name"], lesson["learner_name"]) == ("Emma", "陈小雨")
    again = parents.post("/bookings", booking(learner, emma, start))
    assert refused(again) == (409, "slot_already_taken")


def test_PC_1_pays_with_credits_only(company: Desk) -> None:
    start = ahead(hours=48)
    emma, learner = company.teacher(start), company.learner(credit=3)
    company.lot(learner, asset="coupon")
    company.lot(learner, asset="stone", amount=60)
    parents = company.parents(learner, channel="parents-pc")
    for asset in ("coupon", "stone"):
        answer = parents.post("/bookings", booking(learner, emma, start, pay_with=asset))
        assert refused(answer) == (403, "channel_may_not")
    assert balances(parents, learner) == {"credit": 3, "coupon": 1, "stone": 60}


def test_PC_1_does_not_reach_the_products_of_the_phone_site(company: Desk) -> None:
    start = ahead(hours=48)
    emma, learner = company.teacher(start), company.learner(credit=3)
    parents = company.parents(learner, channel="parents-pc")
    special = parents.post("/bookings", booking(learner, emma, start, "special"))
    assert refused(special) == (403, "channel_may_not")
    assert balances(parents, learner) == {"credit": 3}
    assert done(parents.get("/lessons"))["lessons"] == []


def test_PC_4_a_parent_on_a_pc_cancels_a_day_ahead_and_gets_the_credit_back(company: Desk) -> None:
    start = ahead(hours=48)
    emma, learner = company.teacher(start), company.learner(credit=3)
    parents = company.parents(learner, channel="parents-pc")
    seat = done(parents.post("/bookings", booking(learner, emma, start)))["seat"]

    cancelled = done(parents.post("/cancellations", {"seat": seat, "reason": "发烧"}))
    assert cancelled["state"] == "cancelled"
    assert cancelled["refunded"] == {"asset": "credit", "amount": 1}
    assert balances(parents, learner) == {"credit": 3}
    assert done(parents.get(f"/lessons/{seat}"))["state"] == "cancelled"
    done(parents.post("/bookings", booking(learner, emma, start)))


def test_PC_4_a_parent_who_cancels_late_spends_the_credit(company: Desk) -> None:
    start = ahead(hours=20)
    emma, learner = company.teacher(start), company.learner(credit=3)
    parents = company.parents(learner, channel="parents-pc")
    seat = done(parents.post("/bookings", booking(learner, emma, start)))["seat"]
    cancelled = done(parents.post("/cancellations", {"seat": seat}))
    assert cancelled["refunded"] == {"asset": "credit", "amount": 0}
    assert balances(parents, learner) == {"credit": 2}
    again = parents.post("/cancellations", {"seat": seat})
    assert refused(again) == (409, "lesson_already_cancelled")


def test_PC_4_belongs_to_parents_and_a_channel_without_it_cancels_nothing(company: Desk) -> None:
    start = ahead(hours=48)
    emma, learner = company.teacher(start), company.learner(credit=3)
    parents = company.parents(learner, channel="parents-pc")
    seat = done(parents.post("/bookings", booking(learner, emma, start)))["seat"]
    for channel in ("teachers", "marketing", "classroom"):
        answer = company.caller(channel).post("/cancellations", {"seat": seat})
        assert refused(answer) == (403, "channel_may_not")
    assert done(parents.get(f"/lessons/{seat}"))["state"] == "live"
