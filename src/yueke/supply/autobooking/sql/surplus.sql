-- Of rows of a run, those beyond what their rules ask for, by the lessons that learners have by now:
-- (market_id, places, learners, products, begin, end). Each lesson is looked up by itself: a join
-- planned while the week is empty would walk through all of them.
SELECT place
FROM (
    SELECT w.place, r.lessons, had.lessons AS had,
           row_number() OVER (PARTITION BY r.id ORDER BY w.place) AS nth
    FROM unnest(%(places)s::int[], %(learners)s::bigint[], %(products)s::text[])
        w (place, learner_id, product)
    JOIN product p ON p.market_id = %(market_id)s AND p.code = w.product
    JOIN auto_rule r ON r.market_id = p.market_id AND r.learner_id = w.learner_id
        AND r.product_id = p.id
    CROSS JOIN LATERAL (
        SELECT count(*) AS lessons
        FROM seat s
        WHERE s.market_id = r.market_id AND s.learner_id = r.learner_id AND s.state = 'live'
            AND s.starts_at >= %(begin)s::timestamptz AND s.starts_at < %(end)s::timestamptz
            AND (SELECT l.product_id FROM lesson l WHERE l.id = s.lesson_id) = r.product_id
    ) had
) counted
WHERE had + nth > lessons
