-- Give held or open slots to lessons, and end what they were held for:
-- (teachers, starts, lessons, market).
UPDATE slot s
SET state = 'booked', lesson_id = taken.lesson_id, target_kind = NULL, target_id = NULL,
    reserved_until = NULL
FROM unnest(%s::bigint[], %s::timestamptz[], %s::bigint[]) taken (teacher_id, starts_at, lesson_id)
WHERE s.market_id = %s
    AND s.teacher_id = taken.teacher_id AND s.starts_at = taken.starts_at
    AND s.state IN ('open', 'held')
