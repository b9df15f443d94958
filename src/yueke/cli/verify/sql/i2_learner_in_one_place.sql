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
    SELECT format('learner %%s at %%s has %%s', learner_id, starts_at,
                  string_agg('seat ' || seat_id, ' and ' ORDER BY seat_id)) AS says
    FROM cells
    GROUP BY market_id, learner_id, starts_at
    HAVING count(*) > 1
    UNION ALL
    SELECT CASE
        WHEN t.seat_id IS NULL
            THEN format('seat %%s of learner %%s at %%s has no cell', c.seat_id, c.learner_id, c.starts_at)
        ELSE format('the cell of learner %%s at %%s is of seat %%s, which is not live there',
                    t.learner_id, t.starts_at, t.seat_id)
    END
    FROM cells c
    FULL JOIN seat_cell t ON t.market_id = c.market_id AND t.learner_id = c.learner_id
        AND t.starts_at = c.starts_at AND t.seat_id = c.seat_id
    WHERE c.seat_id IS NULL OR t.seat_id IS NULL
)
SELECT (SELECT n FROM checked), (SELECT count(*) FROM broken), first.says
FROM (SELECT 1) one
LEFT JOIN (SELECT says FROM broken LIMIT %(shown)s) first ON true
