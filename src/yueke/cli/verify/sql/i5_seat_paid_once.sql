-- What a seat says was paid and refunded is what was moved for it, each in one event.
WITH moved AS (
    SELECT seat_id, sum(amount) FILTER (WHERE kind = 'spend') AS spent,
           coalesce(sum(amount) FILTER (WHERE kind = 'refund'), 0) AS refunded,
           count(DISTINCT event_id) FILTER (WHERE kind = 'spend') AS payments
    FROM transfer
    WHERE seat_id IS NOT NULL
    GROUP BY seat_id
), bought AS (
    SELECT purchase_id, sum(amount) FILTER (WHERE kind = 'spend') AS spent,
           coalesce(sum(amount) FILTER (WHERE kind = 'refund'), 0) AS refunded,
           count(DISTINCT event_id) FILTER (WHERE kind = 'spend') AS payments
    FROM transfer
    WHERE purchase_id IS NOT NULL
    GROUP BY purchase_id
), checked AS (
    SELECT (SELECT count(*) FROM seat) + (SELECT count(*) FROM replay_purchase) AS n
), broken AS (
    SELECT format('seat %%s was paid %%s and refunded %%s; moved for it: %%s in %%s payments, and %%s back',
                  coalesce(s.id, m.seat_id), s.paid, s.refunded, m.spent, m.payments, m.refunded) AS says
    FROM seat s
    FULL JOIN moved m ON m.seat_id = s.id
    WHERE s.id IS NULL OR s.refunded > s.paid
        OR s.paid <> coalesce(m.spent, 0) OR s.refunded <> coalesce(m.refunded, 0)
        OR (s.paid > 0 AND m.payments <> 1)
    UNION ALL
    SELECT format('replay %%s was paid %%s and refunded %%s; moved for it: %%s in %%s payments, and %%s back',
                  coalesce(p.id, b.purchase_id), p.paid, p.refunded, b.spent, b.payments, b.refunded)
    FROM replay_purchase p
    FULL JOIN bought b ON b.purchase_id = p.id
    WHERE p.id IS NULL OR p.paid <> coalesce(b.spent, 0) OR p.refunded <> coalesce(b.refunded, 0)
        OR b.payments <> 1 OR (p.state = 'refunded') <> (p.refunded = p.paid)
    UNION ALL
    SELECT format('family %%s may watch replay %%s twice', family_id, lesson_id)
    FROM replay_purchase
    WHERE state = 'live'
    GROUP BY family_id, lesson_id
    HAVING count(*) > 1
)
SELECT (SELECT n FROM checked), (SELECT count(*) FROM broken), first.says
FROM (SELECT 1) one
LEFT JOIN (SELECT says FROM broken LIMIT %(shown)s) first ON true
