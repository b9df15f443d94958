-- The teachers of the rules that `rules` reads, a rule a line, in the same order:
-- (market_id, learner_id).
COPY (
    SELECT array_to_string(teachers, ',')
    FROM auto_rule
    WHERE market_id = %(market_id)s AND is_active
        AND (%(learner_id)s::bigint IS NULL OR learner_id = %(learner_id)s::bigint)
    ORDER BY id
) TO STDOUT
