-- Booked slots that are kept for somebody are booked by them.
WITH targeted AS (
    SELECT * FROM slot WHERE state = 'booked' AND target_kind IS NOT NULL
), checked AS (
    SELECT count(*) AS n FROM targeted
), broken AS (
    SELECT format('slot of teacher %%s at %%s is kept for %%s %%s, but lesson %%s has it',
                  t.teacher_id, t.starts_at, t.target_kind, t.target_id, t.lesson_id) AS says
    FROM targeted t
    JOIN lesson l ON l.id = t.lesson_id
    WHERE (t.target_kind = 'product' AND l.product_id <> t.target_id)
        OR (t.target_kind = 'student' AND EXISTS (
            SELECT 1 FROM seat s
            WHERE s.lesson_id = l.id AND s.state = 'live' AND s.learner_id <> t.target_id
        ))
        OR (t.target_kind = 'request' AND EXISTS (
            SELECT 1
            FROM seat s
            LEFT JOIN lesson_request r ON r.id = t.target_id
            WHERE s.lesson_id = l.id AND s.state = 'live'
                AND s.learner_id IS DISTINCT FROM r.learner_id
        ))
        OR (t.target_kind = 'priority' AND EXISTS (
            SELECT 1
            FROM seat s
            WHERE s.lesson_id = l.id AND s.state = 'live' AND NOT EXISTS (
                SELECT 1 FROM dedicated d
                WHERE d.market_id = t.market_id AND d.teacher_id = t.target_id
                    AND d.learner_id = s.learner_id
            )
        ))
        OR (t.target_kind = 'contract' AND EXISTS (
            SELECT 1
            FROM seat s
            LEFT JOIN contract c ON c.id = t.target_id
            WHERE s.lesson_id = l.id AND s.state = 'live'
                AND s.learner_id IS DISTINCT FROM c.learner_id
        ))
)
SELECT (SELECT n FROM checked), (SELECT count(*) FROM broken), first.says
FROM (SELECT 1) one
LEFT JOIN (SELECT says FROM broken LIMIT %(shown)s) first ON true
