-- Lessons that rules have in a week already, as (rule, cell of the week):
-- (market_id, learner_id, begin, end).
COPY (
    SELECT r.id, (extract(epoch FROM s.starts_at - %(begin)s::timestamptz) / 1800)::bigint
    FROM auto_rule r
    JOIN seat s ON s.market_id = r.market_id AND s.learner_id = r.learner_id AND s.state = 'live'
        AND s.starts_at >= %(begin)s::timestamptz AND s.starts_at < %(end)s::timestamptz
    JOIN lesson l ON l.id = s.lesson_id AND l.product_id = r.product_id
    WHERE r.market_id = %(market_id)s AND r.is_active
        AND (%(learner_id)s::bigint IS NULL OR r.learner_id = %(learner_id)s::bigint)
) TO STDOUT (FORMAT BINARY)
