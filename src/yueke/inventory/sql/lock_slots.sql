-- Lock slots in order of teacher and time, and read what their teachers teach:
-- (teachers, starts, market).
SELECT s.teacher_id, s.starts_at, s.state, s.target_kind, s.target_id, s.reserved_until, t.skills
FROM unnest(%s::bigint[], %s::timestamptz[]) wanted (teacher_id, starts_at)
JOIN slot s ON s.market_id = %s
    AND s.teacher_id = wanted.teacher_id AND s.starts_at = wanted.starts_at
JOIN teacher t ON t.id = s.teacher_id
ORDER BY s.teacher_id, s.starts_at
FOR UPDATE OF s
