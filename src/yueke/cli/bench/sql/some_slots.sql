-- A sample of the open slots of the coming week: (percent, seed).
SELECT s.teacher_id, s.starts_at, t.skills
FROM slot s TABLESAMPLE SYSTEM (%s) REPEATABLE (%s)
JOIN teacher t ON t.id = s.teacher_id
WHERE s.state = 'open' AND s.target_kind IS NULL AND s.starts_at > now() + interval '2 hours'
