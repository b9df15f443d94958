"""Most skills and tags get a bit of their own, so that a search need not ask the teachers."""

from typing import ClassVar

from django.db import migrations, models

# The first 48 words have a bit each; those that come later share sixteen, by a byte of MD5. A tag is
# written with a mark, so that no tag is taken for a skill.
_BITS = """
CREATE FUNCTION abilities_of(skills text[], tags text[]) RETURNS bigint
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
BEGIN
    RETURN (
        SELECT coalesce(bit_or(1::bigint << coalesce(
            a.bit, 48 + get_byte(decode(md5(words.word), 'hex'), 0) % 16)), 0)
        FROM (SELECT unnest(skills) UNION ALL SELECT '#' || unnest(tags)) words (word)
        LEFT JOIN ability a USING (word)
    );
END $$
"""
_BITS_BEFORE = """
CREATE FUNCTION abilities_of(words text[]) RETURNS bigint
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(bit_or(1::bigint << (get_byte(decode(md5(word), 'hex'), 0) % 64)), 0)
    FROM unnest(words) word
$$
"""
# In the order given, and one transaction after the other, so that no bit is given twice.
_GIVE_BITS = """
CREATE FUNCTION give_bits(words text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    given bigint;
BEGIN
    IF (SELECT count(*) = 48 OR array_agg(a.word) @> words FROM ability a) THEN
        RETURN;
    END IF;
    LOCK TABLE ability IN SHARE ROW EXCLUSIVE MODE;
    SELECT count(*) INTO given FROM ability;
    INSERT INTO ability (word, bit)
    SELECT new.word, given - 1 + row_number() OVER (ORDER BY new.place)
    FROM (
        SELECT word, min(place) AS place
        FROM unnest(words) WITH ORDINALITY asked (word, place)
        WHERE NOT EXISTS (SELECT FROM ability a WHERE a.word = asked.word)
        GROUP BY word
        ORDER BY place
        LIMIT 48 - given
    ) new;
END $$
"""
_OF_NEW_TEACHERS = """
CREATE FUNCTION teachers_give_bits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM give_bits(ARRAY(
        SELECT word
        FROM added,
            LATERAL (SELECT unnest(added.skills) UNION ALL SELECT '#' || unnest(added.tags)) words (word)
        GROUP BY word
        ORDER BY count(*) DESC, word
    ));
    RETURN NULL;
END $$;
CREATE TRIGGER teachers_give_bits AFTER INSERT ON teacher
REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION teachers_give_bits()
"""
# Slots that are taken too, as they may be given back; but not each lesson that ever was. Locked in
# the order in which everybody locks them.
_KEEP_IN_STEP = """
CREATE OR REPLACE FUNCTION slot_follows_teacher() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM give_bits(NEW.skills || ARRAY(SELECT '#' || unnest(NEW.tags)));
    PERFORM FROM slot
    WHERE market_id = NEW.market_id AND teacher_id = NEW.id
        AND (state <> 'booked' OR starts_at > now() - interval '1 day')
    ORDER BY starts_at
    FOR UPDATE;
    UPDATE slot SET rating = NEW.rating, abilities = abilities_of(NEW.skills, NEW.tags)
    WHERE market_id = NEW.market_id AND teacher_id = NEW.id
        AND (state <> 'booked' OR starts_at > now() - interval '1 day');
    RETURN NULL;
END $$
"""
_KEEP_IN_STEP_BEFORE = """
CREATE OR REPLACE FUNCTION slot_follows_teacher() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE slot SET rating = NEW.rating, abilities = abilities_of(NEW.skills || NEW.tags)
    WHERE market_id = NEW.market_id AND teacher_id = NEW.id AND state = 'open';
    RETURN NULL;
END $$
"""
_GIVE = """
SELECT give_bits(ARRAY(
    SELECT word
    FROM teacher t,
        LATERAL (SELECT unnest(t.skills) UNION ALL SELECT '#' || unnest(t.tags)) words (word)
    GROUP BY word
    ORDER BY count(*) DESC, word
))
"""
_FILL = """
UPDATE slot s SET rating = t.rating, abilities = t.abilities
FROM (SELECT id, rating, abilities_of(skills, tags) AS abilities FROM teacher) t
WHERE t.id = s.teacher_id
    AND (s.state <> 'booked' OR s.starts_at > now() - interval '1 day')
    AND (s.rating, s.abilities) IS DISTINCT FROM (t.rating, t.abilities)
"""
_FILL_BEFORE = _FILL.replace("abilities_of(skills, tags)", "abilities_of(skills || tags)")


class Migration(migrations.Migration):
    """Add the table of words, give those there are their bits, and write these into slots."""

    dependencies: ClassVar = [("inventory", "0006_held_by_rating")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Ability",
            fields=[
                ("word", models.TextField(primary_key=True, serialize=False)),
                ("bit", models.SmallIntegerField(unique=True)),
            ],
            options={
                "db_table": "ability",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(bit__range=(0, 47)), name="ability_bit_in_range"
                    )
                ],
            },
        ),
        migrations.RunSQL(_GIVE_BITS, "DROP FUNCTION give_bits(text[])"),
        migrations.RunSQL(
            _OF_NEW_TEACHERS,
            "DROP TRIGGER teachers_give_bits ON teacher; DROP FUNCTION teachers_give_bits()",
        ),
        # On the way back: once the bits are those of before.
        migrations.RunSQL(migrations.RunSQL.noop, _FILL_BEFORE),
        migrations.RunSQL(_KEEP_IN_STEP, _KEEP_IN_STEP_BEFORE),
        migrations.RunSQL("DROP FUNCTION abilities_of(text[])", _BITS_BEFORE),
        migrations.RunSQL(_BITS, "DROP FUNCTION abilities_of(text[], text[])"),
        migrations.RunSQL(_GIVE, migrations.RunSQL.noop),
        migrations.RunSQL(_FILL, migrations.RunSQL.noop),
    ]
