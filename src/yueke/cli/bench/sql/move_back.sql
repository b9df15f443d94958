-- Move lessons to two weeks before, with all that says when they are: (seats).
WITH moved AS (
    SELECT lesson_id, id AS seat_id FROM seat WHERE id = ANY(%(seats)s)
), lessons AS (
    UPDATE lesson l SET starts_at = l.starts_at - interval '14 days'
    FROM moved WHERE l.id = moved.lesson_id
), seats AS (
    UPDATE seat s SET starts_at = s.starts_at - interval '14 days'
    FROM moved WHERE s.id = moved.seat_id
), cells AS (
    UPDATE seat_cell c SET starts_at = c.starts_at - interval '14 days'
    FROM moved WHERE c.seat_id = moved.seat_id
), slots AS (
    UPDATE slot s SET starts_at = s.starts_at - interval '14 days'
    FROM moved WHERE s.lesson_id = moved.lesson_id
), offered AS (
    UPDATE event e SET starts_at = e.starts_at - interval '14 days'
    FROM moved
    JOIN slot s ON s.lesson_id = moved.lesson_id
    WHERE e.market_id = s.market_id AND e.teacher_id = s.teacher_id
        AND e.starts_at = s.starts_at AND e.lesson_id IS NULL
), told AS (
    UPDATE event e SET starts_at = e.starts_at - interval '14 days'
    FROM moved WHERE e.lesson_id = moved.lesson_id
)
SELECT count(*) FROM moved
