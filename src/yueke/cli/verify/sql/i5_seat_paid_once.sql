-- What a seat says was paid and refunded is what its event told and what was moved for it, once.
WITH moved AS (
    SELECT seat_id, asset, sum(amount) FILTER (WHERE kind = 'spend') AS spent,
           coalesce(sum(amount) FILTER (WHERE kind = 'refund'), 0) AS refunded,
           count(DISTINCT event_id) FILTER (WHERE kind = 'spend') AS payments
    FROM transfer
    WHERE seat_id IS NOT NULL
    GROUP BY seat_id, asset
), bought AS (
    SELECT purchase_id, asset, sum(amount) FILTER (WHERE kind = 'spend') AS spent,
           coalesce(sum(amount) FILTER (WHERE kind = 'refund'), 0) AS refunded,
           count(DISTINCT event_id) FILTER (WHERE kind = 'spend') AS payments
    FROM transfer
    WHERE purchase_id IS NOT NULL
    GROUP BY purchase_id, asset
), checked AS (
    SELECT (SELECT count(*) FROM seat) + (SELECT count(*) FROM replay_purchase) AS n
), broken AS (
    SELECT format('seat %%s was paid %%s and refunded %%s; moved for it: %%s in %%s payments, and %%s back',
                  coalesce(s.id, m.seat_id), s.paid, s.refunded, m.spent, m.payments, m.refunded) AS says
    FROM seat s
    FULL JOIN moved m ON m.seat_id = s.id AND m.asset = s.asset
    WHERE s.id IS NULL OR s.refunded > s.paid
        OR s.paid <> coalesce(m.spent, 0) OR s.refunded <> coalesce(m.refunded, 0)
        OR (s.paid > 0 AND m.payments <> 1)
    UNION ALL
    -- A seat has the number of the event that gave it.
    SELECT format('seat %%s was paid %%s of %%s, but its event says %%s of %%s',
                  s.id, s.paid, s.asset, e.data ->> 'paid', e.data ->> 'asset')
    FROM seat s
    JOIN event e ON e.id = s.id
    WHERE (e.data ->> 'paid', e.data ->> 'asset') IS DISTINCT FROM (s.paid::text, s.asset)
    UNION ALL
    SELECT format('purchase %%s was paid %%s and refunded %%s; moved for it: %%s in %%s payments, and %%s back',
                  coalesce(p.id, b.purchase_id), p.paid, p.refunded, b.spent, b.payments, b.refunded)
    FROM replay_purchase p
    FULL JOIN bought b ON b.purchase_id = p.id AND b.asset = p.asset
    WHERE p.id IS NULL OR p.paid <> coalesce(b.spent, 0) OR p.refunded <> coalesce(b.refunded, 0)
        OR b.payments <> 1 OR (p.state = 'refunded') <> (p.refunded = p.paid)
    UNION ALL
    SELECT format('purchase %%s was paid %%s of %%s, but its event says %%s of %%s',
                  p.id, p.paid, p.asset, e.data ->> 'paid', e.data ->> 'asset')
    FROM replay_purchase p
    JOIN event e ON e.id = p.id
    WHERE (e.data ->> 'paid', e.data ->> 'asset') IS DISTINCT FROM (p.paid::text, p.asset)
    UNION ALL
    SELECT format('family %%s may watch the replay of lesson %%s twice', family_id, lesson_id)
    FROM replay_purchase
    WHERE state = 'live'
    GROUP BY family_id, lesson_id
    HAVING count(*) > 1
)
SELECT (SELECT n FROM checked), (SELECT count(*) FROM broken), first.says
FROM (SELECT 1) one
LEFT JOIN (SELECT says FROM broken LIMIT %(shown)s) first ON true
