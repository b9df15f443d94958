-- Lock classes in order of id, and read them: (market, lessons).
SELECT l.id, l.teacher_id, l.starts_at, l.cells, l.capacity, l.seats_taken, l.state,
       p.code AS product, c.title_zh, c.title_en, c.published_at IS NOT NULL AS is_published
FROM lesson l
JOIN open_class c ON c.lesson_id = l.id
JOIN product p ON p.id = l.product_id
WHERE l.market_id = %s AND l.id = ANY(%s::bigint[])
ORDER BY l.id
FOR NO KEY UPDATE OF l, c
