-- Learners of the commonest level, each after one of a few slots of one half-hour whose teachers
-- all teach it: (slots, learners).
WITH level AS (
    SELECT c.id AS course_id, 'major:' || c.level AS skill
    FROM learning_progress g
    JOIN course c ON c.id = g.course_id
    JOIN product p ON p.id = g.product_id AND p.code = 'major'
    GROUP BY c.id, c.level
    ORDER BY count(*) DESC
    LIMIT 1
), moment AS (
    SELECT s.starts_at
    FROM slot s
    JOIN teacher t ON t.id = s.teacher_id
    JOIN level ON t.skills @> ARRAY[level.skill]
    WHERE s.state = 'open' AND s.target_kind IS NULL AND s.starts_at > now() + interval '2 hours'
    GROUP BY s.starts_at
    ORDER BY count(*) DESC
    LIMIT 1
), wanted AS (
    SELECT s.teacher_id, s.starts_at, row_number() OVER (ORDER BY s.teacher_id) - 1 AS place
    FROM slot s
    JOIN moment USING (starts_at)
    JOIN teacher t ON t.id = s.teacher_id
    JOIN level ON t.skills @> ARRAY[level.skill]
    WHERE s.state = 'open' AND s.target_kind IS NULL
    LIMIT %s
), parents AS (
    SELECT g.learner_id, g.course_id, a.id AS lot_id,
           row_number() OVER (ORDER BY g.learner_id) - 1 AS place
    FROM learning_progress g
    JOIN level USING (course_id)
    JOIN LATERAL (
        SELECT a.id FROM account a
        WHERE a.market_id = 1 AND a.learner_id = g.learner_id AND a.asset = 'credit' AND a.product_id IS NULL
            AND a.balance > 0 AND (a.expires_at IS NULL OR a.expires_at > now() + interval '7 days')
        LIMIT 1
    ) a ON true
    WHERE NOT EXISTS (
        SELECT 1 FROM seat_cell c JOIN moment USING (starts_at) WHERE c.market_id = 1 AND c.learner_id = g.learner_id
    )
    LIMIT %s
)
SELECT p.learner_id, w.teacher_id, w.starts_at, p.course_id, p.lot_id
FROM parents p
JOIN wanted w ON w.place = p.place %% (SELECT count(*) FROM wanted)
ORDER BY p.place
