"""Open classes of the demo company: some to come, one full, one not published, one to replay."""

import hashlib
import struct
import zlib
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from yueke.booking.classes import create, describe, places, replays
from yueke.booking.classes.orders import BookPlace, ClassChanged, PlaceBooked, Texts
from yueke.booking.orders import Order
from yueke.cli.demo.tables import rows
from yueke.cli.demo.weeks import BEIJING
from yueke.kernel.actor import Actor
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.notices.once import Request

_MADE_BEFORE = timedelta(days=7)
_SMALL = 4
_WIDTH, _HEIGHT = 480, 270


def play(
    *, curriculum: Actor, teacher_ids: Iterable[int], learner_ids: Iterable[int], now: datetime
) -> None:
    """Make the classes of the table, each with the next teacher who has time, and fill some.

    Each large class has one learner, the first one the first learner; the smallest is full.
    """
    learners = list(learner_ids)
    teachers = iter(teacher_ids)
    for row in rows("classes"):
        day = now.astimezone(BEIJING).date() + timedelta(days=int(row["days"]))
        starts_at = datetime.combine(day, time.fromisoformat(row["clock"]), BEIJING)
        class_id = _make(curriculum, row, starts_at, teachers, min(now, starts_at) - _MADE_BEFORE)
        if class_id is None or not row["colour"]:
            continue
        if starts_at <= now:
            replays.offer(
                _request(curriculum, f"{class_id}-replay", now),
                class_id=class_id,
                address="https://replays.example/phonics.mp4",
                prices={"credit": 1, "coupon": 1},
            )
        elif int(row["capacity"]) <= _SMALL:
            _fill(curriculum, class_id, learners, int(row["capacity"]), now)
        elif learners:
            _book(curriculum, class_id, learners.pop(0), now)


def _make(
    curriculum: Actor, row: dict[str, str], starts_at: datetime, teachers: Any, now: datetime
) -> int | None:
    texts = Texts(row["title_zh"], row["title_en"], row["about_zh"], row["about_en"])
    for teacher_id in teachers:
        answer: Answer[ClassChanged] = create.create(
            _request(curriculum, f"class-{teacher_id}", now),
            teacher_id=teacher_id,
            starts_at=starts_at,
            capacity=int(row["capacity"]),
            texts=texts,
        )
        made = answer.results[0]
        if not isinstance(made, Refusal):
            break
    else:
        return None
    class_id = made.class_id
    if row["colour"]:
        picture = _picture(bytes.fromhex(row["colour"]))
        cover = _request(curriculum, f"{class_id}-cover", now)
        describe.set_cover(cover, class_id=class_id, picture=picture)
        describe.publish(_request(curriculum, f"{class_id}-publish", now), class_id=class_id)
    return class_id


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
