"""Send the messages that are due: each by one worker, with no transaction open meanwhile."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog

from yueke.kernel.columns import numbers
from yueke.kernel.transaction import Question, begin
from yueke.people import policies, public_ids
from yueke.people.policies import InForce
from yueke.reminders import hours, rules, wording
from yueke.reminders.models import Message
from yueke.reminders.parties import Addressee, Party, addressees
from yueke.reminders.ways import Letter, NotSent, Way, ways

AT_ONCE = 8
BATCH = 100
# Longer than the tries of a batch can take.
CLAIM = timedelta(minutes=10)
_log = structlog.get_logger()
_TEACHERS_LOSS = "cancelled_teacher"


@dataclass(slots=True)
class Facts:
    """A message, and the lesson it tells of as it is now."""

    id: int
    market_id: int
    party_kind: str
    party_id: int
    way: str
    about: str
    attempts: int
    cause: str
    starts_at: datetime
    is_booked: bool
    teacher_id: int | None
    teacher: str
    name_zh: str
    name_en: str
    until: datetime | None
    is_left: bool
    learner: str
    is_class: bool
    title_zh: str
    title_en: str
    seats: int

    @property
    def party(self) -> Party:
        """Whom it is for."""
        return Party(self.party_kind, self.party_id)

    def who(self, language: str) -> str:
        """Return the learner it is about, or else who comes: of a class only how many."""
        if self.is_class and not self.learner:
            return wording.learners(count=self.seats, language=language)
        return self.learner

    def what(self, language: str) -> str:
        """Return what is taught: a class by its title, or else the product."""
        if language == "zh-hans":
            return self.title_zh or self.title_en or self.name_zh
        return self.title_en or self.title_zh or self.name_en

    def still_holds(self, now: datetime) -> bool:
        """Tell whether a message is still true of its lesson."""
        if self.about == _TEACHERS_LOSS:
            # Of several learners one may leave, and the lesson stays.
            return not self.is_booked
        if self.about not in hours.SOON:
            return True
        if not self.is_booked or self.is_left or self.starts_at <= now:
            return False
        return self.party_kind == "family" or self.teacher_id == self.party_id


def send_due(*, now: datetime) -> int:
    """Send what is due, side by side; return how many there were. Who has died is tried again.

    What by the policies of now is due only later is put off until then.
    """
    facts = _claim(now)
    people = _addressees(facts)
    in_force = {
        market_id: policies.in_force(market_id=market_id, at=now)
        for market_id in {one.market_id for one in facts}
    }
    letters: dict[int, tuple[Facts, Way, Letter]] = {}
    for one in facts:
        person, way = people.get(one.party), ways().get(one.way)
        address = person.addresses.get(one.way) if person else None
        due = _due(one, person, in_force[one.market_id], now)
        if person is None or way is None or address is None or due is None:
            _note(one.id, state=Message.State.DROPPED)
        elif due > now:
            _note(one.id, due_at=due)
        else:
            letters[one.id] = (one, way, _letter(one, person, address))
    with ThreadPoolExecutor(AT_ONCE) as threads:
        sending = {
            threads.submit(way.send, letter): (one, letter) for one, way, letter in letters.values()
        }
        for sent in as_completed(sending):
            one, letter = sending[sent]
            _note(one.id, **_outcome(one, letter, _not_sent(one, sent.exception()), now))
    return len(facts)


def _claim(now: datetime) -> list[Facts]:
    with begin() as work:
        rows = work.run(__package__, "claim_messages", (now + CLAIM, now, BATCH)).fetchall()
        ids = numbers(row[0] for row in rows)
        [facts] = work.ask(Question(__package__, "facts_of_messages", (ids,), Facts)).fetch()
    return list(facts)


def _addressees(facts: Sequence[Facts]) -> dict[Party, Addressee]:
    found: dict[Party, Addressee] = {}
    for market_id in {one.market_id for one in facts}:
        parties = [one.party for one in facts if one.market_id == market_id]
        found |= addressees(market_id=market_id, parties=parties)
    return found


def _due(one: Facts, person: Addressee | None, in_force: InForce, now: datetime) -> datetime | None:
    if person is None or not one.still_holds(now):
        return None
    return hours.due_still(
        in_force=in_force,
        about=one.about,
        starts_at=one.starts_at,
        zone=person.zone,
        now=now,
    )


def _letter(one: Facts, person: Addressee, address: str) -> Letter:
    language = wording.language_of(person.language)
    times = {"time": one.starts_at, "until": one.until}
    words = {
        "learner": one.who(language),
        "teacher": one.teacher,
        "lesson": one.what(language),
        **{
            name: wording.time_words(at=at, zone=person.zone, language=language) if at else ""
            for name, at in times.items()
        },
    }
    said = wording.texts()[one.about, language].filled(words)
    number = public_ids.show("msg", one.id)
    return Letter(
        number,
        address,
        one.about,
        language,
        said.subject,
        said.text,
        words,
        {
            name: wording.time_of_template(at=at, zone=person.zone) if at else ""
            for name, at in times.items()
        },
    )


def _not_sent(one: Facts, error: BaseException | None) -> NotSent | None:
    """Return why a message did not go; what nobody foresaw is noted as well, and tried again."""
    if error is None or isinstance(error, NotSent):
        return error
    _log.error("message_broke", message=one.id, way=one.way, exc_info=error)
    return NotSent(f"{type(error).__name__}: {error}"[:200])


def _outcome(one: Facts, letter: Letter, error: NotSent | None, now: datetime) -> Mapping[str, Any]:
    attempts = one.attempts + 1
    as_sent = {
        "attempts": attempts,
        "address": letter.to,
        "subject": letter.subject,
        "text": letter.text,
    }
    if error is None:
        return {**as_sent, "state": Message.State.SENT, "sent_at": now, "trouble": ""}
    wait = rules.next_try_after(attempts)
    if error.is_final or wait is None:
        return {**as_sent, "state": Message.State.FAILED, "trouble": error.trouble}
    return {**as_sent, "due_at": now + wait, "trouble": error.trouble}


def _note(message_id: int, **values: Any) -> None:
    with begin():
        Message.objects.filter(id=message_id).update(**values)
