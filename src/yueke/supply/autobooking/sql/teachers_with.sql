-- Teachers who teach what is asked, as (teacher, place of the skill): (market_id, skills).
COPY (
    SELECT t.id, asked.place - 1
    FROM teacher t
    JOIN unnest(%(skills)s::text[]) WITH ORDINALITY asked (skill, place) ON asked.skill = ANY(t.skills)
    WHERE t.market_id = %(market_id)s
) TO STDOUT (FORMAT BINARY)
