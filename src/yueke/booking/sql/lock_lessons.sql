-- Lock the lessons of seats in order of id, and read both, with the policy of their day:
-- (market, seats).
SELECT s.id AS seat_id, s.state AS seat_state, s.learner_id, n.family_id, s.asset, s.paid, s.absent,
       coalesce(s.free_cancel_hours, p.free_cancel_hours) AS free_cancel_hours, l.id, l.state,
       (SELECT v.value FROM policy_value v
        WHERE v.market_id = l.market_id AND v.name = 'company_cancel' AND v.from_at <= l.starts_at
        ORDER BY v.from_at DESC, v.id DESC LIMIT 1) IS DISTINCT FROM 'spent' AS company_refunds,
       l.teacher_id, l.starts_at, l.cells, l.capacity, l.seats_taken,
       p.id AS product_id, p.code AS product, p.code = 'open' AS is_class, l.course_id, l.course_number, c.level, ARRAY(
    SELECT live.learner_id FROM seat live
    WHERE live.lesson_id = l.id AND live.state = 'live' AND NOT live.absent
    ORDER BY live.learner_id
) AS learners
FROM seat s
JOIN lesson l ON l.id = s.lesson_id
JOIN learner n ON n.id = s.learner_id
JOIN product p ON p.id = l.product_id
LEFT JOIN course c ON c.id = l.course_id
WHERE s.market_id = %s AND s.id = ANY(%s::bigint[])
ORDER BY l.id, s.id
FOR NO KEY UPDATE OF l
