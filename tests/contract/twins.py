"""Two equal worlds: one is asked through the hot routes, the other through their slow twins."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any, Self

import httpx

from tests import world
from tests.served import Caller, Desk, ahead, booking, done, id_of, soon
from tests.spec.supply.trials import may_overbook, overbooking
from tests.spec.upstreams.offering import add_product
from yueke.kernel.actor import Actor
from yueke.kernel.grid import show_instant
from yueke.people import commands as people

BASE = ahead(hours=48)
OPEN = [ahead(hours=48), ahead(hours=48.5), ahead(hours=49), ahead(hours=72)]
_markets = count(1)
_NEW_ID = re.compile(r"\b(st|lsn|lot|cur)_\w{10,20}")


@dataclass
class Twin:
    """One of the worlds: its people by name, its callers, and the seats booked in it so far."""

    http: httpx.Client
    names: dict[str, str] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    seats: list[str] = field(default_factory=list)
    desk: Desk = field(init=False)

    def secret_of(self, channel: str) -> str:
        """Return the key of a channel; one of families or teachers is for its own people."""
        known = {"teachers": "emma", "parents-h5": "parents"}.get(channel, channel)
        if known not in self.secrets:
            self.secrets[known] = self.desk.caller(channel).secret
        return self.secrets[known]

    def __post_init__(self) -> None:
        """Fill it with the same people in the same order as every other one."""
        # A market of its own each time: a search finds every teacher of one.
        desk = Desk(world.open_company(code=f"m{next(_markets)}"), self.http)
        mine = desk.learner(name="陈小雨", credit=3)
        sister = desk.learner(family=mine.family, name="陈小雪", credit=1)
        stranger = desk.learner(name="李雷", level=4, studies=["major"])
        emma, tom = desk.teacher(*OPEN), desk.teacher(*OPEN, name="Tom", skills=["major:3"])
        self.names = {
            "mine": id_of(mine),
            "sister": id_of(sister),
            "stranger": id_of(stranger),
            "emma": id_of(emma),
            "tom": id_of(tom),
            "coupon": desk.lot(mine, asset="coupon"),
            "stones": desk.lot(mine, asset="stone", amount=40),
            "special_coupon": desk.lot(mine, asset="coupon", product="special"),
        }
        callers = {
            "parents": desk.parents(mine),
            "lp": desk.caller("lp"),
            "cc": desk.caller("cc"),
            "classroom": desk.caller("classroom"),
            "marketing": desk.caller("marketing"),
            "emma": desk.caller("teachers", teacher=emma),
            "revoked": desk.caller("lp"),
        }
        _revoke(callers["revoked"])
        self.desk = desk
        self.secrets = {name: caller.secret for name, caller in callers.items()}
        first = callers["lp"].post("/bookings", booking(mine, tom, OPEN[3]))
        self.seats.append(first.json()["seat"])

    def with_trials(self) -> Self:
        """Add a trial that begins soon and has no teacher, and a learner who never had one."""
        self.names["soon"] = _overbooked(self.desk)
        self.names["newcomer"] = id_of(self.desk.learner(studies=[], credit=2))
        return self

    def fill(self, text: str) -> str:
        """Put this world's ids in the place of names in angle brackets."""
        for name, id_ in self.names.items():
            text = text.replace(f"<{name}>", id_)
        for number, seat in enumerate(self.seats):
            text = text.replace(f"<seat{number}>", seat)
        return text

    def empty(self, text: str) -> str:
        """Put names in the place of this world's ids."""
        for name, id_ in self.names.items():
            text = text.replace(id_, f"<{name}>")
        for number, seat in enumerate(self.seats):
            text = text.replace(seat, f"<seat{number}>")
        return _NEW_ID.sub(r"<new \1>", text)

    def ask(self, asked: "Asked") -> "Answered":
        """Send a request to this world and return what it answered, in names."""
        headers = [(name, self.fill_header(value)) for name, value in asked.headers]
        body = asked.body.encode("utf-8", "surrogatepass") if asked.body is not None else None
        if body is not None:
            body = self.fill(body.decode("latin-1")).encode("latin-1")
        url = "/api/v1" + asked.path
        if asked.query:
            url += "?" + self.fill(asked.query)
        response = self.http.request(asked.method, url, headers=headers, content=body)
        told = Answered(
            response.status_code,
            response.headers["content-type"].partition(";")[0],
            response.headers.get("www-authenticate"),
            httpx.Response(200, text=self.empty(response.text)).json(),
        )
        if response.status_code == 201 and asked.path == "/bookings":
            seat = response.json()["seat"]
            if seat not in self.seats:
                self.seats.append(seat)
        return told

    def fill_header(self, value: str) -> str:
        """Put a caller's secret in the place of its name."""
        for name, secret in self.secrets.items():
            value = value.replace(f"<{name}>", secret)
        return value


@dataclass(frozen=True)
class Asked:
    """A request with names in the place of ids and secrets."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    body: str | None = None
    query: str = ""


@dataclass(frozen=True)
class Answered:
    """What came back, with names in the place of ids."""

    status: int
    content_type: str
    www_authenticate: str | None
    body: Any


def _overbooked(desk: Desk) -> str:
    """Return a seat in a trial that begins soon and has no teacher; nobody is free to come."""
    add_product(desk, "trial", {"credit": 1})
    may_overbook(desk, ceiling=1)
    policy = {"policy": "room_opens_minutes", "value": "60", "reason": ""}
    done(desk.caller("supply").post("/policies", policy))
    newcomer = desk.learner(studies=["trial"], credit=1)
    asked = overbooking(newcomer, soon())
    return str(done(desk.caller("cc").post("/overbookings", asked))["seat"])


def times() -> list[str]:
    """Return times that can be booked, and all sorts that cannot."""
    return [
        *(show_instant(start) for start in OPEN),
        BASE.isoformat(),
        show_instant(ahead(hours=120)),
        show_instant(ahead(hours=-24)),
        show_instant(BASE).replace(":00Z", ":07Z"),
        BASE.replace(tzinfo=None).isoformat(),
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:30:00-12:00",
        "2026-06-01T00:00:00+23:00",
        "tomorrow",
        "",
    ]


def _revoke(caller: Caller) -> None:
    actor = Actor(caller.key.market_id, "job", 0, "system")
    people.revoke_api_key(actor=actor, now=datetime.now(UTC), key_id=caller.key.id)
