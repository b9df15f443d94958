-- What messages tell of, the lesson as it is now, a class by its titles: (messages).
SELECT m.id, m.market_id, m.party_kind, m.party_id, m.way, m.about, m.attempts, m.cause,
       coalesce(m.starts_at, l.starts_at) AS starts_at, coalesce(l.state = 'booked', false) AS is_booked,
       l.teacher_id, coalesce(t.name, '') AS teacher, coalesce(p.name_zh, '') AS name_zh,
       coalesce(p.name_en, '') AS name_en, m.until,
       CASE WHEN m.learner_id IS NULL THEN NOT EXISTS (
           SELECT FROM seat s WHERE s.lesson_id = l.id AND s.state = 'live'
       ) ELSE NOT EXISTS (
           SELECT FROM seat s
           WHERE s.lesson_id = l.id AND s.learner_id = m.learner_id AND s.state = 'live'
       ) END AS is_left,
       coalesce(n.name, CASE WHEN c.lesson_id IS NULL THEN (
           SELECT string_agg(o.name, ', ' ORDER BY s.id) FROM seat s
           JOIN learner o ON o.id = s.learner_id
           WHERE s.lesson_id = l.id AND s.state = 'live'
       ) END, '') AS learner,
       c.lesson_id IS NOT NULL AS is_class, coalesce(c.title_zh, '') AS title_zh,
       coalesce(c.title_en, '') AS title_en, coalesce(l.seats_taken, 0) AS seats
FROM message m
LEFT JOIN lesson l ON l.id = m.lesson_id
LEFT JOIN open_class c ON c.lesson_id = l.id
LEFT JOIN product p ON p.id = l.product_id OR l.id IS NULL AND p.market_id = m.market_id AND p.code = m.product
LEFT JOIN teacher t ON t.id = coalesce(m.teacher_id, l.teacher_id)
LEFT JOIN learner n ON n.id = m.learner_id
WHERE m.id = ANY (%s::bigint[])
ORDER BY m.id
