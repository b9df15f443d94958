-- Close the waits that are over without the matcher: of lessons that were given a teacher by hand, and
-- of those that are no more; (moment, market). What others have in hand is left for the next time.
UPDATE wait w
SET state = CASE WHEN closed.is_taught THEN 'matched' ELSE 'left' END,
    teacher_id = CASE WHEN closed.is_taught THEN closed.teacher_id END,
    settled_at = %s::timestamptz
FROM (
    SELECT w.seat_id, l.teacher_id,
        s.state = 'live' AND l.state IN ('booked', 'finished') AND l.teacher_id IS NOT NULL AS is_taught
    FROM wait w
    JOIN seat s ON s.id = w.seat_id
    JOIN lesson l ON l.id = w.lesson_id
    WHERE w.market_id = %s AND w.state = 'waiting'
        AND NOT (s.state = 'live' AND l.state = 'booked' AND l.teacher_id IS NULL)
    FOR NO KEY UPDATE OF w SKIP LOCKED
) closed
WHERE w.seat_id = closed.seat_id
