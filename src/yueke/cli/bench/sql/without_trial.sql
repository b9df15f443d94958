-- Learners who have had no trial: (how many).
SELECT n.id
FROM learner n
WHERE NOT EXISTS (
    SELECT 1 FROM seat s
    JOIN lesson l ON l.id = s.lesson_id
    JOIN product p ON p.id = l.product_id AND p.code = 'trial'
    WHERE s.market_id = n.market_id AND s.learner_id = n.id AND s.state = 'live'
)
ORDER BY n.id
LIMIT %s
