-- Open the first course of a product for learners of a market who have none of it; tell which:
-- (market, product, learners).
WITH first AS (
    SELECT c.id, c.product_id, c.level, p.market_id
    FROM product p
    JOIN course c ON c.product_id = p.id
    WHERE p.market_id = %s AND p.code = %s
    ORDER BY c.level
    LIMIT 1
), opened AS (
    INSERT INTO learning_progress (learner_id, product_id, course_id, next_number)
    SELECT l.id, first.product_id, first.id, 1
    FROM learner l, first
    WHERE l.id = ANY(%s::bigint[]) AND l.market_id = first.market_id
    ON CONFLICT (learner_id, product_id) DO NOTHING
    RETURNING id, learner_id
)
SELECT opened.learner_id, opened.id, first.level FROM opened, first
