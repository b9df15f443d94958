"""Open classes of the demo company: some to come, one full, one not published, one to replay."""

import hashlib
import struct
import zlib
from collections.abc import Iterable
from datetime import datetime, time, timedelta

from yueke.booking.classes import create, describe, places, replays
from yueke.booking.classes.orders import BookPlace, ClassChanged, PlaceBooked, Texts
from yueke.booking.orders import Order
from yueke.cli.demo.tables import rows
from yueke.cli.demo.weeks import BEIJING
from yueke.kernel.actor import Actor
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.notices.once import Request
from yueke.people.models import Teacher, User

# Before all else that happened: the events of the company stand in order of time.
_PLANNED_BEFORE = timedelta(days=190)
# Teachers of open classes live by Beijing's clock, far from Beijing, and teach no course.
_ZONE, _RATING = "Asia/Manila", 488
_SMALL = 4
_WIDTH, _HEIGHT = 480, 270


def plan(*, curriculum: Actor, now: datetime) -> list[ClassChanged]:
    """Make the classes of the table, with teachers of their own, beside those of the seed."""
    made: dict[str, int] = {}
    planned = []
    for row in rows("classes"):
        name = row["teacher"]
        teacher_id = made[name] = made.get(name) or _teacher(curriculum, name)
        day = now.astimezone(BEIJING).date() + timedelta(days=int(row["days"]))
        starts_at = datetime.combine(day, time.fromisoformat(row["clock"]), BEIJING)
        planned.append(_make(curriculum, row, teacher_id, starts_at, now - _PLANNED_BEFORE))
    return planned


def play(
    *,
    curriculum: Actor,
    planned: Iterable[ClassChanged],
    learner_ids: Iterable[int],
    now: datetime,
) -> None:
    """Fill the classes that are published, and sell the replay of the one that is over.

    Each large class has one learner, the first one the first learner; the smallest is full.
    """
    learners = list(learner_ids)
    for one in planned:
        if not one.is_published:
            continue
        if one.starts_at <= now:
            replays.offer(
                _request(curriculum, f"{one.class_id}-replay", now),
                class_id=one.class_id,
                address="https://replays.example/phonics.mp4",
                prices={"credit": 1, "coupon": 1},
            )
        elif one.capacity <= _SMALL:
            _fill(curriculum, one.class_id, learners, one.capacity, now)
        elif learners:
            _book(curriculum, one.class_id, learners.pop(0), now)


def _teacher(curriculum: Actor, name: str) -> int:
    username = name.lower().replace(" ", "-")
    user = User.objects.create(
        market_id=curriculum.market_id,
        username=username,
        password="!",
        kind=User.Kind.TEACHER,
        language="en",
    )
    teacher = Teacher.objects.create(
        market_id=curriculum.market_id, user=user, name=name, zone=_ZONE, rating=_RATING
    )
    return teacher.id


def _make(
    curriculum: Actor, row: dict[str, str], teacher_id: int, starts_at: datetime, now: datetime
) -> ClassChanged:
    texts = Texts(row["title_zh"], row["title_en"], row["about_zh"], row["about_en"])
    made: Answer[ClassChanged] = create.create(
        _request(curriculum, f"class-{starts_at:%F-%R}", now),
        teacher_id=teacher_id,
        starts_at=starts_at,
        capacity=int(row["capacity"]),
        texts=texts,
    )
    [created] = made.results
    assert not isinstance(created, Refusal)
    if not row["colour"]:
        return created
    class_id = created.class_id
    picture = _picture(bytes.fromhex(row["colour"]))
    cover = _request(curriculum, f"{class_id}-cover", now)
    describe.set_cover(cover, class_id=class_id, picture=picture)
    answer = describe.publish(_request(curriculum, f"{class_id}-publish", now), class_id=class_id)
    [published] = answer.results
    assert not isinstance(published, Refusal)
    return published


def _fill(curriculum: Actor, class_id: int, learners: list[int], count: int, now: datetime) -> None:
    for learner_id in learners:
        count -= _book(curriculum, class_id, learner_id, now)
        if not count:
            return


def _book(curriculum: Actor, class_id: int, learner_id: int, now: datetime) -> bool:
    key = f"{class_id}-{learner_id}"
    command = BookPlace(learner_id, class_id, reason="家长电话")
    order = Order(curriculum, key, _hash(key), [command])
    [answer] = places.book_places(market_id=curriculum.market_id, now=now, orders=[order])
    return isinstance(answer, Answer) and isinstance(answer.results[0], PlaceBooked)


def _picture(colour: bytes) -> bytes:
    """Return a PNG of one colour that grows lighter downwards."""
    lines = []
    for line in range(_HEIGHT):
        share = line / _HEIGHT / 2
        shade = bytes(round(part + (255 - part) * share) for part in colour)
        lines.append(b"\0" + shade * _WIDTH)
    header = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(lines), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def _request(actor: Actor, key: str, now: datetime) -> Request:
    return Request(actor, f"demo-{key}", _hash(key), now)


def _hash(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()
