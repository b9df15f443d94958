-- Slots as they are, what their teachers teach, and whether they stay when a lesson loses them:
-- (teachers, starts, market).
SELECT s.teacher_id, s.starts_at, s.state, s.target_kind, s.target_id, s.reserved_until, t.skills,
       s.kept_on_cancel
FROM unnest(%s::bigint[], %s::timestamptz[]) wanted (teacher_id, starts_at)
JOIN slot s ON s.market_id = %s
    AND s.teacher_id = wanted.teacher_id AND s.starts_at = wanted.starts_at
JOIN teacher t ON t.id = s.teacher_id
