-- Open the slots of lessons again: (teachers, starts, lessons, market).
UPDATE slot s
SET state = 'open', lesson_id = NULL
FROM unnest(%s::bigint[], %s::timestamptz[], %s::bigint[]) freed (teacher_id, starts_at, lesson_id)
WHERE s.market_id = %s
    AND s.teacher_id = freed.teacher_id AND s.starts_at = freed.starts_at
    AND s.lesson_id = freed.lesson_id
