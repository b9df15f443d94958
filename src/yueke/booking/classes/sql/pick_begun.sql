-- A class whose start has come and for which somebody waits: (now).
SELECT w.market_id, w.lesson_id
FROM class_wait w
JOIN lesson l ON l.id = w.lesson_id
WHERE w.state = 'waiting' AND l.starts_at <= %s AND l.state <> 'cancelled'
ORDER BY l.starts_at, l.id
LIMIT 1
