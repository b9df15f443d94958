"""Find teachers and times."""

from ninja import Schema


class TeacherOut(Schema):
    """A teacher with the half-hours that are free."""

    id: str
    name: str
    rating: float
    zone: str
    tags: list[str]
    free_at: list[str]


class TeachersOut(Schema):
    """A page of teachers, best rating first."""

    teachers: list[TeacherOut]
    next: str | None


class TimeOut(Schema):
    """A half-hour, and how many teachers are free, counted up to a limit."""

    starts_at: str
    teachers: int


class TimesOut(Schema):
    """The half-hours with any teacher."""

    times: list[TimeOut]
