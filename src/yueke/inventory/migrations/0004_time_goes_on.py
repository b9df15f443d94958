"""A search for lessons of several half-hours asks whether a teacher's time goes on being open."""

from typing import ClassVar

from django.db import migrations

_GOES_ON = """
CREATE FUNCTION time_goes_on(market int, teacher bigint, begins timestamptz, cells smallint,
                             learner bigint, product bigint, moment timestamptz) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT count(*) = cells - 1
    FROM slot s
    WHERE s.market_id = market AND s.teacher_id = teacher
        AND s.starts_at > begins AND s.starts_at < begins + cells * interval '30 minutes'
        AND s.state = 'open'
        AND (s.target_kind IS NULL
            OR (s.target_kind = 'student' AND s.target_id = learner)
            OR (s.target_kind = 'product' AND s.target_id = product))
        AND (s.reserved_until IS NULL OR s.reserved_until > moment)
$$
"""


class Migration(migrations.Migration):
    """Add the function."""

    dependencies: ClassVar = [("inventory", "0003_abilities")]
    operations: ClassVar = [
        migrations.RunSQL(
            _GOES_ON,
            "DROP FUNCTION time_goes_on(int, bigint, timestamptz, smallint, bigint, bigint,"
            " timestamptz)",
        )
    ]
