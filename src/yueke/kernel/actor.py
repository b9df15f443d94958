"""Who acts, and through which channel: an argument of every command."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """One caller. `kind` is `user`, `key` or `job`, and `id` is its row.

    A family's or a teacher's own login or key carries `family_id` or `teacher_id`
    and reaches nothing beyond it.
    """

    market_id: int
    kind: str
    id: int
    channel: str
    family_id: int | None = None
    teacher_id: int | None = None

    def may_touch_family(self, family_id: int) -> bool:
        """Tell whether this caller may act for that family."""
        return self.teacher_id is None and self.family_id in (None, family_id)

    def may_touch_teacher(self, teacher_id: int) -> bool:
        """Tell whether this caller may act for that teacher."""
        return self.family_id is None and self.teacher_id in (None, teacher_id)
