-- For each seat another teacher who has its half-hour open and may teach it, a different one for
-- each as far as that goes: (seats).
SELECT wanted.seat_id, other.teacher_id
FROM (
    SELECT s.id AS seat_id, s.starts_at, p.code || ':' || c.level AS skill,
           row_number() OVER (PARTITION BY s.starts_at ORDER BY s.id) - 1 AS place
    FROM seat s
    JOIN lesson l ON l.id = s.lesson_id
    JOIN course c ON c.id = l.course_id
    JOIN product p ON p.id = c.product_id
    WHERE s.id = ANY(%(seats)s)
) wanted
CROSS JOIN LATERAL (
    SELECT o.teacher_id
    FROM slot o
    JOIN teacher t ON t.id = o.teacher_id
    WHERE o.market_id = 1 AND o.starts_at = wanted.starts_at
        AND o.state = 'open' AND o.target_kind IS NULL AND wanted.skill = ANY(t.skills)
    ORDER BY o.rating DESC, o.teacher_id DESC
    OFFSET wanted.place
    LIMIT 1
) other
