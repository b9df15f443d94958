-- Live seats of a lesson are as many as it counts, and no more than it holds.
WITH seats AS (
    SELECT lesson_id, count(*) AS live FROM seat WHERE state = 'live' GROUP BY lesson_id
), checked AS (
    SELECT count(*) AS n FROM lesson
), broken AS (
    SELECT format('lesson %%s has %%s live seats, counts %%s and holds %%s',
                  l.id, coalesce(s.live, 0), l.seats_taken, l.capacity) AS says
    FROM lesson l
    LEFT JOIN seats s ON s.lesson_id = l.id
    WHERE coalesce(s.live, 0) <> l.seats_taken OR l.seats_taken > l.capacity
    UNION ALL
    SELECT format('seats of lesson %%s, which is not there', s.lesson_id)
    FROM seats s
    LEFT JOIN lesson l ON l.id = s.lesson_id
    WHERE l.id IS NULL
)
SELECT (SELECT n FROM checked), (SELECT count(*) FROM broken), first.says
FROM (SELECT 1) one
LEFT JOIN (SELECT says FROM broken LIMIT %(shown)s) first ON true
