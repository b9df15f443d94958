-- Lock slots in order of teacher and time, and read what their teachers teach:
-- (teachers, starts, market). The teacher is asked only where a skill may share its bit.
SELECT s.teacher_id, s.starts_at, s.state, s.target_kind, s.target_id, s.reserved_until,
       s.abilities, CASE WHEN s.abilities >> 48 <> 0 THEN
           (SELECT t.skills FROM teacher t WHERE t.id = s.teacher_id)
       END AS skills
FROM unnest(%s::bigint[], %s::timestamptz[]) wanted (teacher_id, starts_at)
JOIN slot s ON s.market_id = %s
    AND s.teacher_id = wanted.teacher_id AND s.starts_at = wanted.starts_at
ORDER BY s.teacher_id, s.starts_at
FOR UPDATE OF s
