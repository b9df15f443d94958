-- Learners of the major course with enough credits, and their levels: (market_id, credits, count).
COPY (
    SELECT g.learner_id, c.level::bigint
    FROM learning_progress g
    JOIN product p ON p.id = g.product_id AND p.market_id = %(market_id)s AND p.code = 'major'
    JOIN course c ON c.id = g.course_id
    JOIN (
        SELECT learner_id, sum(balance) AS credits
        FROM account
        WHERE market_id = %(market_id)s AND asset = 'credit' AND product_id IS NULL
        GROUP BY learner_id
    ) owned ON owned.learner_id = g.learner_id AND owned.credits >= %(credits)s
    ORDER BY g.learner_id
    LIMIT %(count)s
) TO STDOUT (FORMAT BINARY)
