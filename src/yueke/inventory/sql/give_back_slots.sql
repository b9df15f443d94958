-- Open the slots of lessons again, those of requests, contracts and priority to anyone, those
-- reserved for somebody as long as they were: (teachers, starts, lessons, market).
UPDATE slot s
SET state = 'open', lesson_id = NULL, kept_on_cancel = NULL,
    (target_kind, target_id, reserved_until) = (
        SELECT s.target_kind, s.target_id, s.reserved_until
        WHERE s.kept_on_cancel IS NULL AND coalesce(s.target_kind NOT IN ('contract', 'priority'), true)
    )
FROM unnest(%s::bigint[], %s::timestamptz[], %s::bigint[]) freed (teacher_id, starts_at, lesson_id)
WHERE s.market_id = %s
    AND s.teacher_id = freed.teacher_id AND s.starts_at = freed.starts_at
    AND s.lesson_id = freed.lesson_id
