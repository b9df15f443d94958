-- Open the first course of the trial for every learner.
INSERT INTO learning_progress (learner_id, product_id, course_id, next_number)
SELECT n.id, p.id, c.id, 1
FROM learner n
JOIN product p ON p.market_id = n.market_id AND p.code = 'trial'
JOIN LATERAL (SELECT id FROM course WHERE product_id = p.id ORDER BY level LIMIT 1) c ON true
ON CONFLICT DO NOTHING
