-- Active rules by number, of a market or of one learner in it, with what decides how much each can
-- have: (market_id, learner_id, assets, now, monday).
COPY (
    WITH rule AS (
        SELECT * FROM auto_rule
        WHERE market_id = %(market_id)s AND is_active
            AND (%(learner_id)s::bigint IS NULL OR learner_id = %(learner_id)s::bigint)
    ), funds AS (
        SELECT r.id, sum(a.balance) AS amount
        FROM rule r
        JOIN account a ON a.market_id = %(market_id)s AND a.learner_id = r.learner_id
            AND a.asset = r.asset AND a.balance > 0
            AND (a.product_id IS NULL OR a.product_id = r.product_id)
            AND (a.expires_at IS NULL OR a.expires_at > %(now)s)
        GROUP BY r.id
    ), missed AS (
        -- Only what the week had no time for gives anybody precedence later.
        SELECT w.learner_id, w.product, count(*) AS lessons
        FROM weekly_run u
        JOIN weekly_row w ON w.run_id = u.id AND w.state = 'missed'
        WHERE u.market_id = %(market_id)s AND u.kind = 'auto'
            AND u.week >= %(monday)s::date - 28 AND u.week < %(monday)s::date
            AND w.why::jsonb ->> 'reason' IN ('all_taken', 'no_open_time')
        GROUP BY w.learner_id, w.product
    )
    SELECT r.id, r.learner_id, r.product_id, r.lessons::bigint,
           r.is_spread::int::bigint, r.skips_holidays::int::bigint,
           coalesce(array_position(%(assets)s::text[], r.asset), 0)::bigint - 1,
           coalesce(f.amount, 0)::bigint, coalesce(c.level, -1)::bigint,
           coalesce(mc.level, -1)::bigint, coalesce(m.lessons, 0)::bigint,
           cardinality(r.times)::bigint, cardinality(r.teachers)::bigint
    FROM rule r
    JOIN product p ON p.id = r.product_id
    LEFT JOIN funds f ON f.id = r.id
    LEFT JOIN missed m ON m.learner_id = r.learner_id AND m.product = p.code
    LEFT JOIN learning_progress g ON g.learner_id = r.learner_id AND g.product_id = r.product_id
    LEFT JOIN course c ON c.id = g.course_id
    LEFT JOIN product mp ON mp.market_id = %(market_id)s AND mp.code = 'major'
    LEFT JOIN learning_progress mg ON mg.learner_id = r.learner_id AND mg.product_id = mp.id
    LEFT JOIN course mc ON mc.id = mg.course_id
    ORDER BY r.id
) TO STDOUT (FORMAT BINARY)
