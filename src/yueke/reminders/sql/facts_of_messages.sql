-- What messages tell of, as it is now: (messages).
SELECT m.id, m.market_id, m.party_kind, m.party_id, m.way, m.about, m.attempts, m.cause,
       l.starts_at, l.state = 'booked' AS is_booked, l.teacher_id,
       coalesce(t.name, '') AS teacher, p.name_zh, p.name_en,
       CASE WHEN m.learner_id IS NULL THEN NOT EXISTS (
           SELECT FROM seat s WHERE s.lesson_id = l.id AND s.state = 'live'
       ) ELSE NOT EXISTS (
           SELECT FROM seat s
           WHERE s.lesson_id = l.id AND s.learner_id = m.learner_id AND s.state = 'live'
       ) END AS is_left,
       coalesce(n.name, (
           SELECT string_agg(o.name, ', ' ORDER BY s.id) FROM seat s
           JOIN learner o ON o.id = s.learner_id
           WHERE s.lesson_id = l.id AND s.state = 'live'
       ), '') AS learner
FROM message m
JOIN lesson l ON l.id = m.lesson_id
JOIN product p ON p.id = l.product_id
LEFT JOIN teacher t ON t.id = l.teacher_id
LEFT JOIN learner n ON n.id = m.learner_id
WHERE m.id = ANY (%s::bigint[])
ORDER BY m.id
