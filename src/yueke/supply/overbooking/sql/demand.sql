-- Lessons without teachers in a half-open range, by product, half-hour and level: (market, first, end).
SELECT l.product_id, l.starts_at, coalesce(c.level, 0) AS level, count(*) AS lessons
FROM lesson l
LEFT JOIN course c ON c.id = l.course_id
WHERE l.market_id = %s AND l.starts_at >= %s AND l.starts_at < %s
    AND l.teacher_id IS NULL AND l.state = 'booked'
GROUP BY l.product_id, l.starts_at, c.level
ORDER BY l.starts_at, l.product_id, level
