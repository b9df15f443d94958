-- Open classes of a market that the caller may see, first to last.
SELECT l.id, l.starts_at, p.minutes, l.state, l.teacher_id, t.name, t.zone, l.capacity,
       l.seats_taken, c.title_zh, c.title_en, c.about_zh, c.about_en,
       c.published_at IS NOT NULL, k.digest, p.code, p.free_cancel_hours,
       (SELECT count(*) FROM class_wait w WHERE w.lesson_id = l.id AND w.state = 'waiting')
FROM open_class c
JOIN lesson l ON l.id = c.lesson_id
JOIN product p ON p.id = l.product_id
LEFT JOIN teacher t ON t.id = l.teacher_id
LEFT JOIN class_cover k ON k.lesson_id = l.id
WHERE c.market_id = %(market_id)s AND l.market_id = %(market_id)s
    AND (%(cancelled)s::boolean IS NULL OR (l.state = 'cancelled') = %(cancelled)s::boolean)
    AND (%(ids)s::bigint[] IS NULL OR l.id = ANY(%(ids)s::bigint[]))
    AND (NOT %(published)s::boolean OR l.state <> 'cancelled' AND (
        c.published_at IS NOT NULL OR EXISTS (
            SELECT 1 FROM seat s JOIN learner n ON n.id = s.learner_id
            WHERE s.lesson_id = l.id AND s.state = 'live' AND n.family_id = %(family_id)s
        )
    ))
    AND (%(begin)s::timestamptz IS NULL OR l.starts_at >= %(begin)s)
    AND (%(end)s::timestamptz IS NULL OR l.starts_at < %(end)s)
    AND (%(text)s::text IS NULL
        OR c.title_zh ILIKE %(text)s OR c.title_en ILIKE %(text)s OR t.name ILIKE %(text)s)
    AND (%(after_at)s::timestamptz IS NULL
        OR (l.starts_at, l.id) > (%(after_at)s::timestamptz, %(after_id)s::bigint))
ORDER BY l.starts_at, l.id
LIMIT %(size)s
