-- Give open slots to lessons; until when they were reserved counts again once they are given back:
-- (teachers, starts, lessons, market).
UPDATE slot s
SET state = 'booked', lesson_id = taken.lesson_id
FROM unnest(%s::bigint[], %s::timestamptz[], %s::bigint[]) taken (teacher_id, starts_at, lesson_id)
WHERE s.market_id = %s
    AND s.teacher_id = taken.teacher_id AND s.starts_at = taken.starts_at
    AND s.state = 'open'
