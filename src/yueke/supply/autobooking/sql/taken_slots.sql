-- How many half-hours of a week are booked with teachers of each skill asked, as (cell of the week,
-- place of the skill, half-hours): (market_id, skills, begin, end).
COPY (
    SELECT cell, place - 1, count(*)
    FROM (
        SELECT teacher_id,
               (extract(epoch FROM starts_at - %(begin)s::timestamptz) / 1800)::bigint AS cell
        FROM slot
        WHERE market_id = %(market_id)s AND state = 'booked'
            AND starts_at >= %(begin)s::timestamptz AND starts_at < %(end)s::timestamptz
    ) booked
    JOIN teacher t ON t.id = booked.teacher_id
    JOIN unnest(%(skills)s::text[]) WITH ORDINALITY asked (skill, place) ON asked.skill = ANY(t.skills)
    GROUP BY cell, place
) TO STDOUT (FORMAT BINARY)
