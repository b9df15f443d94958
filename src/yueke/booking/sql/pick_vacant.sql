-- Lessons without a learner whose start has come: (now, limit).
SELECT id FROM lesson WHERE state = 'vacant' AND starts_at <= %s ORDER BY starts_at, id LIMIT %s
