-- For each seat another learner of the same course with credits, who is free then: (seats).
WITH wanted AS (
    SELECT s.id AS seat_id, s.starts_at, l.course_id,
           row_number() OVER (PARTITION BY l.course_id ORDER BY s.id) AS place
    FROM seat s
    JOIN lesson l ON l.id = s.lesson_id
    WHERE s.id = ANY(%(seats)s)
), others AS (
    SELECT g.course_id, g.learner_id,
           row_number() OVER (PARTITION BY g.course_id ORDER BY g.learner_id %% 9973, g.learner_id)
               AS place
    FROM learning_progress g
    JOIN account a ON a.market_id = 1 AND a.learner_id = g.learner_id AND a.asset = 'credit'
        AND a.product_id IS NULL AND a.balance >= 20
        AND (a.expires_at IS NULL OR a.expires_at > now() + interval '7 days')
    WHERE g.course_id IN (SELECT course_id FROM wanted)
)
SELECT w.seat_id, o.learner_id
FROM wanted w
JOIN others o USING (course_id, place)
WHERE NOT EXISTS (
    SELECT 1 FROM seat_cell c
    WHERE c.market_id = 1 AND c.learner_id = o.learner_id AND c.starts_at = w.starts_at
)
