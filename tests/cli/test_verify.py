"""`yueke verify` finds what breaks a law, and nothing where all hold."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import typer
from django.db import connection

from tests import asking, world
from tests.served import transactional_db
from tests.world import NOW, Company, half_hours_ahead
from yueke.booking import places
from yueke.booking.models import Lesson, Seat
from yueke.cli import running, verify
from yueke.cli.verify import laws
from yueke.notices.models import Event, RequestKey
from yueke.people import public_ids
from yueke.people.models import Learner, Teacher
from yueke.wallet.models import Account

__all__ = ["transactional_db"]
FIRST, SECOND = half_hours_ahead(count=100), half_hours_ahead(count=101)
Tamper = Callable[[Company], object]


@pytest.fixture
def cn(transactional_db: None) -> Company:
    """Return a company with a grant, a lesson, a cancelled lesson and an open half-hour."""
    company = world.open_company()
    learner = world.add_learner(company=company)
    teacher = world.add_teacher(company=company, opens=[FIRST, SECOND])
    lp = asking.staff_of(market_id=company.market_id)
    for start in (FIRST, SECOND):
        command = asking.to_book(learner=learner, teacher=teacher, starts_at=start)
        booked = asking.book_one(actor=lp, command=command, now=NOW)
    asking.cancel(actor=lp, seats=[booked.seat_id], now=NOW)
    return company


def answered_again(path: str) -> Tamper:
    """Return what lets the answer that has a certain fact be that of another key too."""

    def tamper(_: Company) -> None:
        [row] = [row for row in RequestKey.objects.all() if path in row.outcome[0]]
        RequestKey.objects.create(
            actor_kind="key", actor_id=1, key="b", body_hash=b"", outcome=row.outcome, at=NOW
        )

    return tamper


def carry_out(statement: str) -> None:
    """Carry out a statement as nobody should."""
    with connection.cursor() as cursor:
        cursor.execute(statement)


def broken_laws() -> list[str]:
    """Return the laws that are broken."""
    return [found.law.id for found in laws.check(now=NOW) if found.broken]


def named() -> dict[str, str]:
    """Return what the rows of a finding may name: numbers with public ids, and times."""
    booked, cancelled = Seat.objects.get(state="live"), Seat.objects.get(state="cancelled")
    return {
        "teacher": known_as("tch", Teacher.objects.get().pk),
        "learner": known_as("lrn", Learner.objects.get().pk),
        "lot": known_as("lot", Account.objects.get(role="lot").pk),
        "lesson": known_as("lsn", booked.lesson_id),
        "seat": known_as("st", booked.pk),
        "its_event": known_as("ev", booked.pk),
        "other_lesson": known_as("lsn", cancelled.lesson_id),
        "other_seat": known_as("st", cancelled.pk),
        "no_lesson": known_as("lsn", 7),
        "no_learner": known_as("lrn", 7),
        "no_seat": known_as("st", 7),
        "first": f"{FIRST:%Y-%m-%d %H:%M:%S+00}",
        "second": f"{SECOND:%Y-%m-%d %H:%M:%S+00}",
    }


def known_as(prefix: str, number: int) -> str:
    """Return how a row is named: by its number, and by the id that pages and the API know."""
    return f"{number} ({public_ids.show(prefix, number)})"


# The law, a statement that breaks it alone, and the rows that are told of.
BROKEN = [
    (
        "I-1",
        f"UPDATE lesson SET state = 'finished', starts_at = '{FIRST}' WHERE state = 'cancelled'",
        [
            "teacher {teacher} at {first} has lesson {lesson} and lesson {other_lesson}",
            "lesson {other_lesson} of teacher {teacher} at {first} lies on no slot of its own",
        ],
    ),
    (
        "I-1",
        "UPDATE slot SET state = 'open', lesson_id = NULL WHERE state = 'booked'",
        ["lesson {lesson} of teacher {teacher} at {first} lies on no slot of its own"],
    ),
    (
        "I-1",
        "UPDATE slot SET state = 'booked', lesson_id = 7 WHERE state = 'open'",
        [
            "slot of teacher {teacher} at {second} is booked for lesson {no_lesson},"
            " which is not there"
        ],
    ),
    (
        "I-2",
        "DELETE FROM seat_cell",
        ["seat {seat} of learner {learner} at {first} has no cell"],
    ),
    (
        "I-2",
        f"UPDATE seat_cell SET starts_at = '{SECOND}'",
        [
            "seat {seat} of learner {learner} at {first} has no cell",
            "the cell of learner {learner} at {second} is of seat {seat}, which is not live there",
        ],
    ),
    (
        "I-3",
        "UPDATE lesson SET capacity = 2, seats_taken = 2 WHERE state = 'booked'",
        ["lesson {lesson} has 1 live seats, counts 2 and holds 2"],
    ),
    (
        "I-4",
        "UPDATE account SET balance = balance + 1 WHERE role = 'lot'",
        ["lot {lot} holds 10, its entries say 9"],
    ),
    (
        "I-5",
        "UPDATE seat SET paid = 2 WHERE state = 'live'",
        [
            "seat {seat} was paid 2 and refunded 0; moved for it: 1 in 1 payments, and 0 back",
            "seat {seat} was paid 2 of credit, but its event says 1 of credit",
        ],
    ),
    (
        "I-5",
        # Nobody paid after all: seat, ledger and balance agree.
        "WITH free AS (UPDATE seat SET paid = 0 WHERE state = 'live' RETURNING id),"
        " gone AS (DELETE FROM transfer USING free WHERE seat_id = free.id)"
        " UPDATE account SET balance = balance + 1 WHERE role = 'lot'",
        ["seat {seat} was paid 0 of credit, but its event says 1 of credit"],
    ),
    (
        "I-5",
        "UPDATE event SET data = data || '{\"asset\": \"stone\"}' WHERE kind = 'lesson.booked'",
        [
            "seat {seat} was paid 1 of credit, but its event says 1 of stone",
            "seat {other_seat} was paid 1 of credit, but its event says 1 of stone",
        ],
    ),
    (
        "I-5",
        "UPDATE seat SET refunded = 0 WHERE state = 'cancelled'",
        [
            "seat {other_seat} was paid 1 and refunded 0;"
            " moved for it: 1 in 1 payments, and 1 back",
        ],
    ),
    (
        "I-6",
        "UPDATE request_key SET outcome = jsonb_set(outcome, '{0,seat_id}', '7'), key = 'mine'"
        " WHERE outcome -> 0 ? 'refunded'",
        ["key mine answers with cancelled seat {no_seat}, which is not there"],
    ),
    (
        "I-7",
        "UPDATE slot SET target_kind = 'student', target_id = 7 WHERE state = 'booked'",
        [
            "slot of teacher {teacher} at {first} is kept for student {no_learner},"
            " but lesson {lesson} has it"
        ],
    ),
    (
        "I-8",
        f"UPDATE slot SET reserved_until = '{NOW - timedelta(seconds=6)}' WHERE state = 'open'",
        [
            "slot of teacher {teacher} at {second} was reserved until"
            f" {NOW - timedelta(seconds=6):%Y-%m-%d %H:%M:%S+00}"
        ],
    ),
    (
        "I-9",
        "UPDATE event SET lesson_id = NULL WHERE kind = 'lesson.cancelled'",
        ["seat {other_seat} was cancelled without an event"],
    ),
    (
        "I-9",
        "UPDATE event SET id = id + 100 WHERE id = (SELECT id FROM seat WHERE state = 'live')",
        [
            "seat {seat} was taken without an event",
            "transfer 0 of event {its_event}, which is not there",
        ],
    ),
    (
        "I-9",
        f"DELETE FROM event WHERE kind = 'slot.released' AND starts_at = '{FIRST}'",
        ["slot of teacher {teacher} at {first} was released without an event"],
    ),
]


@pytest.mark.parametrize(("law", "statement", "rows"), BROKEN)
def test_what_breaks_a_law_alone_is_found_and_its_rows_are_named(
    cn: Company, law: str, statement: str, rows: list[str]
) -> None:
    names = named()
    carry_out(statement)
    found = {one.law.id: one for one in laws.check(now=NOW) if one.broken}
    assert set(found) == {law}
    assert sorted(found[law].rows) == sorted(row.format(**names) for row in rows)
    assert found[law].broken == len(rows)


def test_every_law_is_broken_by_something_above() -> None:
    assert {law for law, _, _ in BROKEN} == {law.id for law in laws.LAWS}


def verified() -> int:
    """Run the command as `yueke verify` does and return its exit code."""
    command = running.prepared(typer.main.get_command(verify.app), needs_database=False)
    with pytest.raises(SystemExit) as ended:
        command.main(args=[], prog_name="yueke verify")
    return int(ended.value.code or 0)


def test_the_command_prints_a_line_a_law_and_ends_with_1_and_the_rows_of_one_that_is_broken(
    cn: Company, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verified() == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line[:3] for line in lines] == [law.id for law in laws.LAWS]
    assert all(line.endswith(" ok") for line in lines)

    carry_out("UPDATE account SET balance = balance + 1 WHERE role = 'lot'")
    assert verified() == 1
    lines = capsys.readouterr().out.splitlines()
    [place] = [place for place, line in enumerate(lines) if "BROKEN" in line]
    assert lines[place].split() == [
        *("I-4", "no", "account", "is", "below", "zero,", "and", "entries", "sum", "to", "zero"),
        *("8", "rows", "BROKEN", "by", "1"),
    ]
    row = "       lot {lot} holds 10, its entries say 9"
    assert lines[place + 1] == row.format(**named())
    assert len(lines) == len(laws.LAWS) + 1
    assert sum(line.endswith(" ok") for line in lines) == len(laws.LAWS) - 1


def test_where_all_holds_nothing_is_found(cn: Company) -> None:
    assert [(found.broken, found.rows) for found in laws.check(now=NOW)] == [(0, [])] * 9


@pytest.mark.parametrize("fact", ["lot_id", "refunded"])
def test_i_6_a_grant_or_refund_under_two_keys_is_found(cn: Company, fact: str) -> None:
    answered_again(fact)(cn)
    assert broken_laws() == ["I-6"]


def test_i_6_an_answer_that_has_no_effect_is_found(cn: Company) -> None:
    carry_out("DELETE FROM transfer")
    carry_out("DELETE FROM account WHERE role = 'lot'")
    assert "I-6" in broken_laws()


@pytest.mark.parametrize(
    "kind", ["slot.released", "lesson.booked", "lesson.cancelled", "wallet.granted"]
)
def test_i_9_a_change_without_its_event_is_found(cn: Company, kind: str) -> None:
    Event.objects.filter(kind=kind).delete()
    assert broken_laws() == ["I-9"]


def test_i_9_a_lesson_kept_without_a_learner_and_without_a_reason_is_found(cn: Company) -> None:
    lesson = Lesson.objects.get(state="booked")
    seat = Seat.objects.get(lesson_id=lesson.id)
    tmk = asking.staff_of(market_id=cn.market_id, channel="tmk")
    places.fake_cancel(asking.request(actor=tmk, now=NOW), seat_id=seat.id)
    assert broken_laws() == []
    Event.objects.filter(kind="lesson.fake_cancelled").update(kind="lesson.cancelled")
    assert broken_laws() == ["I-9"]
