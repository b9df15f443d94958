-- Open slots of the coming week, each with a learner of a level that its teacher teaches, who has
-- a credit that will not run out: (how many).
WITH learners AS (
    SELECT g.learner_id, g.course_id, 'major:' || c.level AS skill, a.id AS lot_id,
           row_number() OVER (PARTITION BY c.level ORDER BY random()) AS turn,
           count(*) OVER (PARTITION BY c.level) AS turns
    FROM learning_progress g
    JOIN course c ON c.id = g.course_id
    JOIN product p ON p.id = g.product_id AND p.code = 'major'
    JOIN LATERAL (
        SELECT a.id FROM account a
        WHERE a.learner_id = g.learner_id AND a.asset = 'credit' AND a.product_id IS NULL
            AND a.balance >= 20 AND (a.expires_at IS NULL OR a.expires_at > now() + interval '7 days')
        ORDER BY a.expires_at LIMIT 1
    ) a ON true
), slots AS (
    SELECT s.teacher_id, s.starts_at, t.skills[1 + (random() * 100)::int %% array_length(t.skills, 1)] AS skill
    FROM slot s
    JOIN teacher t ON t.id = s.teacher_id
    WHERE s.state = 'open' AND s.target_kind IS NULL AND s.starts_at > now() + interval '2 hours'
), numbered AS (
    SELECT *, row_number() OVER (PARTITION BY skill ORDER BY random()) AS turn FROM slots
)
SELECT l.learner_id, n.teacher_id, n.starts_at, l.course_id, l.lot_id
FROM numbered n
JOIN learners l ON l.skill = n.skill AND l.turn = 1 + n.turn %% l.turns
LIMIT %s
