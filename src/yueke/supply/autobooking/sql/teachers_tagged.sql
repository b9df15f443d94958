-- Teachers with the tags asked, as (teacher, place of the tag): (market_id, tags).
COPY (
    SELECT t.id, asked.place - 1
    FROM teacher t
    JOIN unnest(%(tags)s::text[]) WITH ORDINALITY asked (tag, place) ON asked.tag = ANY(t.tags)
    WHERE t.market_id = %(market_id)s
) TO STDOUT (FORMAT BINARY)
