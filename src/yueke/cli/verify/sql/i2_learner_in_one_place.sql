-- Live seats occupy their learner's time, one seat a cell.
WITH cells AS (
    SELECT s.market_id, s.learner_id, s.id AS seat_id,
           l.starts_at + step * interval '30 minutes' AS starts_at
    FROM seat s
    JOIN lesson l ON l.id = s.lesson_id
    CROSS JOIN LATERAL generate_series(0, l.cells - 1) step
    WHERE s.state = 'live'
), checked AS (
    SELECT count(*) AS n FROM cells
), broken AS (
    SELECT format('learner %%s has seats %%s at %%s', learner_id, array_agg(seat_id), starts_at) AS says
    FROM cells
    GROUP BY market_id, learner_id, starts_at
    HAVING count(*) > 1
    UNION ALL
    SELECT format('seat %%s of learner %%s at %%s and the cell there do not agree (cell of seat %%s)',
                  c.seat_id, coalesce(c.learner_id, t.learner_id), coalesce(c.starts_at, t.starts_at), t.seat_id)
    FROM cells c
    FULL JOIN seat_cell t ON t.market_id = c.market_id AND t.learner_id = c.learner_id
        AND t.starts_at = c.starts_at AND t.seat_id = c.seat_id
    WHERE c.seat_id IS NULL OR t.seat_id IS NULL
)
SELECT (SELECT n FROM checked), (SELECT count(*) FROM broken), first.says
FROM (SELECT 1) one
LEFT JOIN (SELECT says FROM broken LIMIT %(shown)s) first ON true
