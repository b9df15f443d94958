-- Replays of a market that the caller may see, last class first.
SELECT l.id, l.starts_at, p.minutes, t.name, c.title_zh, c.title_en, k.digest, r.on_sale,
       coalesce((SELECT json_object_agg(asset, amount) FROM replay_price WHERE replay_id = l.id), '{}'),
       mine.id IS NOT NULL,
       (SELECT count(*) FROM replay_purchase b WHERE b.lesson_id = l.id AND b.state = 'live')
FROM replay r
JOIN lesson l ON l.id = r.lesson_id
JOIN open_class c ON c.lesson_id = l.id
JOIN product p ON p.id = l.product_id
LEFT JOIN teacher t ON t.id = l.teacher_id
LEFT JOIN class_cover k ON k.lesson_id = l.id
LEFT JOIN replay_purchase mine ON mine.lesson_id = l.id AND mine.state = 'live'
    AND mine.family_id = %(family_id)s::bigint
WHERE r.market_id = %(market_id)s AND l.market_id = %(market_id)s
    AND (r.on_sale OR mine.id IS NOT NULL OR %(all)s::boolean)
    AND (%(class_id)s::bigint IS NULL OR l.id = %(class_id)s)
    AND (%(text)s::text IS NULL
        OR c.title_zh ILIKE %(text)s OR c.title_en ILIKE %(text)s OR t.name ILIKE %(text)s)
ORDER BY l.starts_at DESC, l.id DESC
LIMIT %(size)s
