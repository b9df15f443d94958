-- How many teachers with an open slot can teach a product at all, by half-hour:
-- (prefix of its skills, market, starts).
SELECT s.starts_at, count(*) AS teachers
FROM slot s
JOIN teacher t ON t.id = s.teacher_id
    AND EXISTS (SELECT 1 FROM unnest(t.skills) skill WHERE starts_with(skill, %s))
WHERE s.market_id = %s AND s.starts_at = ANY(%s::timestamptz[])
    AND s.state = 'open' AND s.target_kind IS NULL
GROUP BY s.starts_at
