-- When learners with rules are busy in a week, as (learner, cell of the week):
-- (market_id, learner_id, begin, end).
COPY (
    SELECT c.learner_id, (extract(epoch FROM c.starts_at - %(begin)s::timestamptz) / 1800)::bigint
    FROM seat_cell c
    WHERE c.market_id = %(market_id)s
        AND c.starts_at >= %(begin)s::timestamptz AND c.starts_at < %(end)s::timestamptz
        AND c.learner_id IN (
            SELECT r.learner_id FROM auto_rule r
            WHERE r.market_id = %(market_id)s AND r.is_active
                AND (%(learner_id)s::bigint IS NULL OR r.learner_id = %(learner_id)s::bigint)
        )
) TO STDOUT (FORMAT BINARY)
