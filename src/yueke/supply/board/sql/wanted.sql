-- What is wanted and has no teacher in a half-open range, by half-hour, product and level: lessons
-- booked without one, and requests that wait: (market, first, end, market, first, end).
SELECT starts_at, product, level, sum(requests)::int AS requests, sum(lessons)::int AS lessons
FROM (
    SELECT l.starts_at, p.code AS product, coalesce(c.level, 0) AS level, 0 AS requests, 1 AS lessons
    FROM lesson l
    JOIN product p ON p.id = l.product_id
    LEFT JOIN course c ON c.id = l.course_id
    WHERE l.market_id = %s AND l.starts_at >= %s AND l.starts_at < %s
        AND l.teacher_id IS NULL AND l.state = 'booked'
    UNION ALL
    SELECT r.starts_at, r.product, coalesce(c.level, 0), 1, 0
    FROM lesson_request r
    LEFT JOIN product p ON p.market_id = r.market_id AND p.code = r.product
    LEFT JOIN learning_progress g ON g.learner_id = r.learner_id AND g.product_id = p.id
    LEFT JOIN course c ON c.id = g.course_id
    WHERE r.market_id = %s AND r.starts_at >= %s AND r.starts_at < %s AND r.state = 'waiting'
) one
GROUP BY starts_at, product, level
ORDER BY starts_at, product, level
