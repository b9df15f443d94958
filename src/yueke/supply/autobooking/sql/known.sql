-- The three teachers whom learners with rules met most since a moment, as (learner, teacher, lessons),
-- most first: (market_id, learner_id, since, now).
COPY (
    SELECT learner_id, teacher_id, lessons
    FROM (
        SELECT s.learner_id, l.teacher_id, count(*) AS lessons, row_number() OVER (
            PARTITION BY s.learner_id
            ORDER BY count(*) DESC, max(l.starts_at) DESC, l.teacher_id
        ) AS place
        FROM seat s
        JOIN lesson l ON l.id = s.lesson_id AND l.teacher_id IS NOT NULL
        WHERE s.market_id = %(market_id)s AND s.state = 'live'
            AND s.starts_at >= %(since)s AND s.starts_at < %(now)s
            AND s.learner_id IN (
                SELECT r.learner_id FROM auto_rule r
                WHERE r.market_id = %(market_id)s AND r.is_active
                    AND (%(learner_id)s::bigint IS NULL OR r.learner_id = %(learner_id)s::bigint)
            )
        GROUP BY s.learner_id, l.teacher_id
    ) met
    WHERE place <= 3
    ORDER BY learner_id, place
) TO STDOUT (FORMAT BINARY)
