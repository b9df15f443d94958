-- Who has a live seat in a class, or waits for one, within the caller's reach: seats first.
SELECT s.id, n.id, n.name, n.family_id, f.phone, s.asset, s.paid, a.came, NULL::timestamptz
FROM seat s
JOIN learner n ON n.id = s.learner_id
JOIN family f ON f.id = n.family_id
LEFT JOIN class_attendance a ON a.seat_id = s.id
WHERE s.market_id = %(market_id)s AND s.lesson_id = %(class_id)s AND s.state = 'live'
    AND (%(family_id)s::bigint IS NULL OR n.family_id = %(family_id)s)
UNION ALL
(SELECT NULL, n.id, n.name, n.family_id, f.phone, w.asset, 0, NULL, w.since
FROM class_wait w
JOIN learner n ON n.id = w.learner_id
JOIN family f ON f.id = n.family_id
WHERE w.market_id = %(market_id)s AND w.lesson_id = %(class_id)s AND w.state = 'waiting'
    AND (%(family_id)s::bigint IS NULL OR n.family_id = %(family_id)s)
ORDER BY w.id)
