-- The tags of rules that have any, most liked first, as (rule, place of the tag among those asked):
-- (market_id, learner_id, tags).
COPY (
    SELECT r.id, array_position(%(tags)s::text[], liked.tag)::bigint - 1
    FROM auto_rule r
    CROSS JOIN LATERAL unnest(r.tags) WITH ORDINALITY liked (tag, place)
    WHERE r.market_id = %(market_id)s AND r.is_active
        AND (%(learner_id)s::bigint IS NULL OR r.learner_id = %(learner_id)s::bigint)
    ORDER BY r.id, liked.place
) TO STDOUT (FORMAT BINARY)
