"""Lesson requests: asked, answered, taken back."""

from ninja import Schema

from yueke.api.schemas.parts import Amount, Asset, Id, In, Instant, Text


class RequestIn(In):
    """A time that a teacher has not opened, and what is to pay for the lesson."""

    learner: Id
    teacher: Id
    starts_at: Instant
    product: Text
    pay_with: Asset = "credit"
    lot: Id | None = None
    reason: Text = ""


class RequestAnswerIn(In):
    """A lesson request, and why it is answered so."""

    request: Id
    reason: Text = ""


class RequestAcceptIn(RequestAnswerIn):
    """A request to accept. `keep`: the time is anyone's when the learner cancels early enough."""

    keep: bool = False


class RequestKeepIn(RequestAnswerIn):
    """An accepted request, and whether its time stays when the learner cancels."""

    keep: bool


class RequestNowOut(Schema):
    """What a request is now; `seat` and `paid` once it is accepted."""

    request: str
    learner: str
    teacher: str
    product: str
    starts_at: str
    state: str
    expires_at: str
    keep: bool
    seat: str | None
    paid: Amount | None


class RequestOut(Schema):
    """A lesson request: waiting, accepted, rejected, withdrawn or expired."""

    request: str
    learner: str
    learner_name: str
    teacher: str
    teacher_name: str
    product: str
    starts_at: str
    state: str
    reason: str
    answer: str
    channel: str
    asked_at: str
    expires_at: str
    answered_at: str | None
    keep: bool
    seat: str | None


class RequestsOut(Schema):
    """A page of requests, newest first."""

    requests: list[RequestOut]
    next: str | None
