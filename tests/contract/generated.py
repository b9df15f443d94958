"""Requests to the hot routes: mostly sensible, often not quite, sometimes not at all."""

import json
from typing import Any
from urllib.parse import urlencode

from hypothesis import strategies as st

from tests.contract import twins
from tests.contract.twins import Asked

TOO_LARGE = '{"seat": "' + "x" * (1024 * 1024) + '"}'
GARBAGE = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 5), st.just([]), st.just({}), st.just(""),
    st.sampled_from(["a\0b", "x" * 2001, "<mine>", "major", "\U0001f600", "st_0000000000000"]),
)  # fmt: skip
RAW = st.one_of(
    st.sampled_from(
        ["", "null", "[]", "{", "{}", "42", "NaN", '"\\ud800"', '{"seat": 1, x', "\ufeff{}",
         "[" * 5000, '{"seat": "<seat0>"}}', '{"learner": 1e999}', TOO_LARGE,
         '{"seat": 1, "seat": "<seat0>"}', '{"seat": "<seat0>", "seat": 1}', "\ud800"],
    ),
    st.text(max_size=20),
)  # fmt: skip


def seldom(draw: st.DrawFn, of: int) -> bool:
    """Draw true once in so many; Hypothesis likes 0 and 1 too much to ask for those."""
    return draw(st.integers(0, of - 1)) == of // 2


@st.composite
def mostly(
    draw: st.DrawFn, usual: list[Any], odd: st.SearchStrategy[Any] = GARBAGE, of: int = 15
) -> Any:
    """Draw what is usual, but once in so many what is odd."""
    return draw(odd if seldom(draw, of) else st.sampled_from(usual))


ODD_BEARERS = st.sampled_from(
    ["bearer <lp>", "Bearer <emma>", "Bearer <marketing>", "Bearer <revoked>", "Bearer yk_no",
     "Bearer", "Basic <lp>", "Bearer  <lp>", "", None]
)  # fmt: skip
BEARERS = mostly(["Bearer <parents>", "Bearer <lp>"], ODD_BEARERS, of=8)
CONSULTANT = mostly(["Bearer <cc>"], ODD_BEARERS, of=8)
CLASSROOM = mostly(["Bearer <classroom>"], ODD_BEARERS, of=8)
KEYS = mostly(
    ["one", "two", *"abcdefghijklmnop"], st.sampled_from(["k" * 200, "k" * 201, "", None])
)


@st.composite
def headers(
    draw: st.DrawFn, *, write: bool, bearers: st.SearchStrategy[str | None] = BEARERS
) -> tuple[tuple[str, str], ...]:
    """Draw who calls and, for a write, under which key."""
    drawn = []
    bearer = draw(bearers)
    if bearer is not None:
        drawn.append(("Authorization", bearer))
    for _ in range(draw(mostly([1], st.just(2), of=30)) if write else 0):
        key = draw(KEYS)
        if key is not None:
            drawn.append(("Idempotency-Key", key))
    return tuple(drawn)


@st.composite
def bodies(draw: st.DrawFn, fields: dict[str, st.SearchStrategy[Any]], required: int) -> str:
    """Draw a JSON body: perhaps short of a field, perhaps with one too many, or no JSON at all."""
    if seldom(draw, 12):
        return draw(RAW)
    body = {}
    for place, (name, values) in enumerate(fields.items()):
        likely = 19 if place < required else 6
        if draw(st.integers(0, 19)) < likely:
            body[name] = draw(values)
    if seldom(draw, 15):
        body[draw(st.sampled_from(["extra", "Learner", "", "é"]))] = draw(GARBAGE)
    return json.dumps(body)


BOOKING = bodies(
    {
        "learner": mostly(["<mine>"] * 6 + ["<sister>", "<stranger>", "<emma>"]),
        "teacher": mostly(["<emma>"] * 4 + ["<tom>"] * 3 + ["<mine>"]),
        "starts_at": mostly(twins.times()[:3] * 15 + twins.times()),
        "product": mostly(["major"] * 5 + ["special", "level7", "unheard-of"]),
        "pay_with": mostly(["credit"] * 4 + ["coupon", "stone", "gold"]),
        "lot": mostly([None] * 5 + ["<coupon>", "<stones>", "<special_coupon>", "lot_0"]),
        "reason": mostly(["周末", ""]),
    },
    required=4,
)
CANCELLATION = bodies(
    {"seat": mostly(["<seat0>", "<seat0>", "<seat1>", "<seat2>"]), "reason": mostly(["病了", ""])},
    required=1,
)
OVERBOOKING = bodies(
    {
        "learner": mostly(["<newcomer>"] * 3 + ["<mine>", "<stranger>", "<emma>"]),
        "starts_at": mostly(twins.times()[:3] * 15 + twins.times()),
        "product": mostly(["trial"] * 5 + ["major", "unheard-of"]),
        "pay_with": mostly(["credit"] * 4 + ["coupon", "stone", "gold"]),
        "lot": mostly([None] * 5 + ["<coupon>", "lot_0"]),
        "reason": mostly(["体验", ""]),
    },
    required=2,
)
ENTRY = bodies(
    {
        "seat": mostly(["<soon>"] * 5 + ["<seat0>", "<seat1>"]),
        "entered_at": mostly([None] * 4 + twins.times()),
    },
    required=1,
)


@st.composite
def queries(draw: st.DrawFn, more: dict[str, list[str]]) -> str:
    """Draw a query string: parameters short, twice or unheard of, and of every value."""
    odd = st.sampled_from(["", "\0", "0", "-1", "²", "x" * 80, "<emma>", "1~", "9~cur_0", "é"])
    values = {
        "learner": mostly(["<mine>"] * 5 + ["<sister>", "<stranger>"], odd),
        "product": mostly(["major"] * 5 + ["special", "level7", "unheard-of"], odd),
        "from": mostly([*twins.times()[:4] * 12, *twins.times()], odd),
        "to": mostly([twins.times()[5]] * 50 + twins.times(), odd),
        "tag": mostly(["funny"], odd),
        **{name: mostly(usual, odd) for name, usual in more.items()},
    }
    pairs = []
    for place, (name, drawn) in enumerate(values.items()):
        often = 19 if place < 4 else 4
        for _ in range(2 if seldom(draw, 30) else 1):
            if draw(st.integers(0, 19)) < often:
                pairs.append((name, draw(drawn)))
    if seldom(draw, 15):
        pairs.append((draw(st.sampled_from(["extra", "begin", "count_up_to"])), "1"))
    return urlencode(pairs, safe="<>")


def writes(
    path: str,
    body: st.SearchStrategy[str],
    bearers: st.SearchStrategy[str | None] = BEARERS,
) -> st.SearchStrategy[Asked]:
    """Draw a write."""
    sent = headers(write=True, bearers=bearers)
    return st.builds(Asked, st.just("POST"), st.just(path), sent, body)


def reads(path: str, more: dict[str, list[str]]) -> st.SearchStrategy[Asked]:
    """Draw a search."""
    return st.builds(
        Asked, st.just("GET"), st.just(path), headers(write=False), st.none(), queries(more)
    )


REQUESTS = st.one_of(
    writes("/bookings", BOOKING),
    writes("/bookings", BOOKING),
    writes("/cancellations", CANCELLATION),
    writes("/overbookings", OVERBOOKING, CONSULTANT),
    writes("/room-entries", ENTRY, CLASSROOM),
    reads("/teachers", {"limit": ["1", "20", "100", "101", "020"], "cursor": ["480~cur_0"]}),
    reads("/times", {"count_up_to": ["1", "5", "100", "101", " 5"]}),
)
