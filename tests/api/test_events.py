"""What happened, as other systems read it: nothing is named by the number of its row."""

from datetime import UTC, datetime

from tests import asking
from tests.served import Desk, done, id_of
from yueke.kernel.actor import Actor
from yueke.people import registration
from yueke.people.models import Family, Learner


def test_a_learner_taken_in_is_told_with_the_public_id_of_the_family(company: Desk) -> None:
    operator = Actor(company.company.market_id, "job", 0, "system")
    now = datetime.now(UTC)
    request = asking.request(actor=operator, now=now)
    asking.done(registration.register_family(request, name="陈家", phone="13800000000"))
    family = Family.objects.get()
    request = asking.request(actor=operator, now=now)
    asking.done(registration.register_learner(request, family_id=family.id, name="陈小雨"))
    learner = Learner.objects.get()
    [event] = done(company.caller("lp").get("/events", learner=id_of(learner)))["events"]
    assert (event["kind"], event["data"]) == ("learner.registered", {"family": id_of(family)})
