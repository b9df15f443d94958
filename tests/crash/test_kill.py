"""Kill -9 in mid-load: what was answered is there, what was not can be asked again with its key."""

import random
import time
from collections.abc import Callable

from tests.cli.started import run
from tests.crash import books, upstream, wishes
from tests.crash.books import Facts
from tests.crash.place import Place
from tests.crash.upstream import Keys, Upstream

BOOKINGS = 300
# What a server is set to that answers before its log is on disk.
PROMISES_ONLY = {
    "synchronous_commit": "off",
    "wal_writer_delay": "10s",
    "wal_writer_flush_after": "1GB",
    "wal_buffers": "64MB",
}


def begin_load(
    place: Place, keys: Keys, *, seed: int, bookings: int = BOOKINGS
) -> tuple[Upstream, Facts]:
    """Start to send requests; return who sends them, and what was there before."""
    with place.connect() as link:
        before = books.effects_in(link)
        wanted = wishes.choose(link, bookings=bookings, chance=random.Random(seed))
    sender = Upstream(port=place.port, keys=keys, requests=wanted)
    sender.start()
    return sender, before


def break_down(sender: Upstream, kill: Callable[[], None], *, seed: int) -> None:
    """Kill at a moment of the load that the seed chooses."""
    chance = random.Random(seed)
    sender.wait_for_answers(count=chance.randint(BOOKINGS // 5, BOOKINGS // 2))
    time.sleep(chance.uniform(0, 0.02))
    kill()


def lost(place: Place, sender: Upstream) -> Facts:
    """Return what answers have told of and the database does not have."""
    with place.connect() as link:
        return books.effects_told(sender.answered()) - books.effects_in(link)


def doubled(place: Place, sender: Upstream, before: Facts) -> Facts:
    """Return what the database has come to have and no answer has told of."""
    with place.connect() as link:
        return books.effects_in(link) - before - books.effects_told(sender.answered())


def prove_nothing_lost_or_doubled(place: Place, sender: Upstream, before: Facts) -> None:
    """Check the books as they are, then after each request has been sent again with its key."""
    assert sender.answered()
    assert sender.unanswered(), "the blow fell beside the load"
    assert not lost(place, sender)
    sender.ask_again_until_answered()
    assert not lost(place, sender)
    assert not doubled(place, sender, before)
    assert not sender.answers_that_differ()
    assert not doubled(place, sender, before)
    verified = run("verify", data_folder=place.data_folder)
    assert verified.returncode == 0, verified.stdout + verified.stderr


def test_nothing_is_lost_or_doubled_when_the_database_is_killed(place: Place, keys: Keys) -> None:
    sender, before = begin_load(place, keys, seed=1)
    break_down(sender, place.kill_database, seed=1)
    place.start_database()
    sender.finish()
    prove_nothing_lost_or_doubled(place, sender, before)
    assert place.is_web_alive, "it went on by itself"


def test_nothing_is_lost_or_doubled_when_the_web_process_is_killed(
    place: Place, keys: Keys
) -> None:
    sender, before = begin_load(place, keys, seed=2)
    break_down(sender, place.kill_web, seed=2)
    place.start_web()
    sender.finish()
    prove_nothing_lost_or_doubled(place, sender, before)


def test_an_idle_web_process_finds_its_database_again(place: Place, keys: Keys) -> None:
    with place.connect() as link:
        search = wishes.search(link)

    def statuses() -> set[int]:
        return upstream.get_often(port=place.port, secret=keys["lp"], path=search)

    assert statuses() == {200}
    place.kill_database()
    assert statuses() == {503}
    place.start_database()
    assert statuses() == {200}


def test_control_a_request_without_its_key_is_found_out(place: Place, keys: Keys) -> None:
    sender, before = begin_load(place, keys, seed=3, bookings=50)
    sender.finish()
    assert not doubled(place, sender, before)
    grant = next(asked for asked in sender.sent if asked.path.endswith("/grants"))
    assert sender.ask_as_new(grant).status == 201
    assert {effect for effect, *_ in doubled(place, sender, before)} == {"grant", "owned"}
    booking = next(asked for asked in sender.sent if asked.path.endswith("/bookings"))
    assert b'"code":"slot_already_taken"' in sender.ask_as_new(booking).answer


def test_control_a_database_that_only_promises_is_found_out(place: Place, keys: Keys) -> None:
    place.stop_database()
    place.start_database(settings=PROMISES_ONLY)
    sender, _ = begin_load(place, keys, seed=4)
    break_down(sender, place.kill_database, seed=4)
    told = books.effects_told(sender.answered())
    place.start_database()
    with place.connect() as link:
        missing = told - books.effects_in(link)
    sender.finish()
    # Whatever was answered last is lost: a booking, a grant or a cancellation.
    assert {effect for effect, *_ in missing} & {"spend", "refund", "grant"}
