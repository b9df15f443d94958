-- Lessons with a teacher lie on slots of theirs, one lesson a slot.
WITH cells AS (
    SELECT l.market_id, l.teacher_id, l.id AS lesson_id,
           l.starts_at + step * interval '30 minutes' AS starts_at
    FROM lesson l
    CROSS JOIN LATERAL generate_series(0, l.cells - 1) step
    WHERE l.teacher_id IS NOT NULL AND l.state <> 'cancelled'
), checked AS (
    SELECT count(*) AS n FROM cells
), broken AS (
    SELECT format('teacher %%s at %%s has %%s', teacher_id, starts_at,
                  string_agg('lesson ' || lesson_id, ' and ' ORDER BY lesson_id)) AS says
    FROM cells
    GROUP BY market_id, teacher_id, starts_at
    HAVING count(*) > 1
    UNION ALL
    SELECT format('lesson %%s of teacher %%s at %%s lies on no slot of its own', c.lesson_id, c.teacher_id, c.starts_at)
    FROM cells c
    LEFT JOIN slot s ON s.market_id = c.market_id AND s.teacher_id = c.teacher_id
        AND s.starts_at = c.starts_at AND s.lesson_id = c.lesson_id
    WHERE s.lesson_id IS NULL
    UNION ALL
    SELECT format('slot of teacher %%s at %%s is booked for lesson %%s, which is not there', s.teacher_id, s.starts_at, s.lesson_id)
    FROM slot s
    LEFT JOIN cells c ON c.lesson_id = s.lesson_id AND c.starts_at = s.starts_at
        AND c.teacher_id = s.teacher_id
    WHERE s.state = 'booked' AND c.lesson_id IS NULL
)
SELECT (SELECT n FROM checked), (SELECT count(*) FROM broken), first.says
FROM (SELECT 1) one
LEFT JOIN (SELECT says FROM broken LIMIT %(shown)s) first ON true
