"""A slot tells what its teacher can do, so that a search need not ask teacher after teacher."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import F, Q

# A bit out of the first byte of MD5: the same on every server and in every language.
_BITS = """
CREATE FUNCTION abilities_of(words text[]) RETURNS bigint
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(bit_or(1::bigint << (get_byte(decode(md5(word), 'hex'), 0) % 64)), 0)
    FROM unnest(words) word
$$
"""
_KEEP_IN_STEP = """
CREATE FUNCTION slot_follows_teacher() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE slot SET rating = NEW.rating, abilities = abilities_of(NEW.skills || NEW.tags)
    WHERE market_id = NEW.market_id AND teacher_id = NEW.id AND state = 'open';
    RETURN NULL;
END $$;
CREATE TRIGGER slot_follows_teacher AFTER UPDATE OF rating, skills, tags ON teacher
FOR EACH ROW WHEN ((OLD.rating, OLD.skills, OLD.tags) IS DISTINCT FROM
                   (NEW.rating, NEW.skills, NEW.tags))
EXECUTE FUNCTION slot_follows_teacher()
"""
_DROP = """
DROP TRIGGER slot_follows_teacher ON teacher;
DROP FUNCTION slot_follows_teacher()
"""
_FILL = """
UPDATE slot s SET abilities = abilities_of(t.skills || t.tags)
FROM teacher t WHERE t.id = s.teacher_id AND s.state = 'open'
"""


class Migration(migrations.Migration):
    """Add the column, fill it, keep it in step, and put it into the index of open slots."""

    dependencies: ClassVar = [("inventory", "0002_grid"), ("people", "0001_initial")]
    operations: ClassVar = [
        migrations.RemoveIndex("slot", "slot_open_by_rating"),
        migrations.AddField("slot", "abilities", models.BigIntegerField(default=0, db_default=0)),
        migrations.RunSQL(_BITS, "DROP FUNCTION abilities_of(text[])"),
        migrations.RunSQL(_FILL, migrations.RunSQL.noop),
        migrations.RunSQL(_KEEP_IN_STEP, _DROP),
        migrations.AddIndex(
            "slot",
            models.Index(
                F("market_id"),
                F("starts_at"),
                F("rating").desc(),
                F("teacher_id").desc(),
                include=["abilities"],
                condition=Q(state="open", target_kind__isnull=True),
                name="slot_open_by_rating",
            ),
        ),
    ]
