-- What a search for a learner's lesson needs: family, product, its cells, level, and the cells the learner
-- has taken: (begin, end, product, market, learner).
SELECT l.family_id, p.id AS product_id, p.cells, c.level, ARRAY(
    SELECT cell.starts_at FROM seat_cell cell
    WHERE cell.market_id = l.market_id AND cell.learner_id = l.id
        AND cell.starts_at >= %s AND cell.starts_at < %s
) AS busy
FROM learner l
LEFT JOIN product p ON p.market_id = l.market_id AND p.code = %s
LEFT JOIN learning_progress g ON g.learner_id = l.id AND g.product_id = p.id
LEFT JOIN course c ON c.id = g.course_id
WHERE l.market_id = %s AND l.id = %s
