-- Learners with a course in the major product and credits that will not run out.
SELECT 'major:' || c.level, g.learner_id, g.course_id, a.id
FROM learning_progress g
JOIN course c ON c.id = g.course_id
JOIN product p ON p.id = g.product_id AND p.code = 'major'
JOIN LATERAL (
    SELECT a.id FROM account a
    WHERE a.market_id = 1 AND a.learner_id = g.learner_id AND a.asset = 'credit' AND a.product_id IS NULL
        AND a.balance >= 20 AND (a.expires_at IS NULL OR a.expires_at > now() + interval '7 days')
    ORDER BY a.expires_at
    LIMIT 1
) a ON true
