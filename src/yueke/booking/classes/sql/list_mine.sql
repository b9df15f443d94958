-- A learner's live seats in open classes that start from a moment on, and the waits for one:
-- class, seat if any, how many are ahead.
SELECT s.lesson_id, s.id, NULL::bigint
FROM seat s
JOIN open_class c ON c.lesson_id = s.lesson_id
WHERE s.market_id = %(market_id)s AND s.learner_id = %(learner_id)s AND s.state = 'live'
    AND s.starts_at >= %(begin)s
UNION ALL
SELECT w.lesson_id, NULL, (
    SELECT count(*) FROM class_wait o
    WHERE o.lesson_id = w.lesson_id AND o.state = 'waiting' AND o.id < w.id
)
FROM class_wait w
JOIN lesson l ON l.id = w.lesson_id
WHERE w.market_id = %(market_id)s AND w.learner_id = %(learner_id)s AND w.state = 'waiting'
    AND l.starts_at >= %(begin)s
