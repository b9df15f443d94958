-- Lock seats and their lessons, and read them, with the policy of their day: (market, seats).
SELECT s.id, s.learner_id, s.state, s.asset, s.paid, l.id AS lesson_id, l.teacher_id,
       l.starts_at, l.cells, l.seats_taken, l.state AS lesson_state, p.code = 'open' AS is_class,
       (SELECT v.value FROM policy_value v
        WHERE v.market_id = l.market_id AND v.name = 'company_cancel' AND v.from_at <= l.starts_at
        ORDER BY v.from_at DESC, v.id DESC LIMIT 1) IS DISTINCT FROM 'spent' AS company_refunds,
       coalesce(s.free_cancel_hours, p.free_cancel_hours) AS free_cancel_hours
FROM seat s
JOIN lesson l ON l.id = s.lesson_id
JOIN product p ON p.id = l.product_id
WHERE s.market_id = %s AND s.id = ANY(%s::bigint[])
ORDER BY l.id, s.id
FOR NO KEY UPDATE OF l, s
