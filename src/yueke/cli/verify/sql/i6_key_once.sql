-- Each booking, refund and grant that an answer names is there, and was made under one key.
WITH named AS (
    SELECT r.key, what.effect,
           coalesce(result ->> 'purchase_id', result ->> 'seat_id', result ->> 'lot_id')::bigint AS id
    FROM request_key r
    CROSS JOIN LATERAL jsonb_array_elements(
        CASE jsonb_typeof(r.outcome) WHEN 'array' THEN r.outcome ELSE '[]' END
    ) result
    CROSS JOIN LATERAL (SELECT CASE
        WHEN result ? 'purchase_id' AND result ? 'back' THEN 'refunded purchase'
        WHEN result ? 'purchase_id' THEN 'purchase'
        -- A seat that its learner kept was made under another key.
        WHEN result ? 'free_cancel_until' AND NOT coalesce((result ->> 'was_kept')::boolean, false)
            THEN 'seat'
        -- Of a lesson kept without a learner, the seat that was left before names the lesson.
        WHEN result ? 'refunded' AND NOT coalesce((result ->> 'was_vacant')::boolean, false)
            THEN 'cancelled seat'
        WHEN result ? 'lot_id' THEN 'lot'
    END) what (effect)
    WHERE what.effect IS NOT NULL
), checked AS (
    SELECT count(*) AS n FROM request_key
), broken AS (
    SELECT format('%%s %%s is the answer of keys %%s', effect, id, array_agg(key)) AS says
    FROM named
    GROUP BY effect, id
    HAVING count(*) > 1
    UNION ALL
    SELECT format('key %%s answers with %%s %%s, which is not there', n.key, n.effect, n.id)
    FROM named n
    LEFT JOIN replay_purchase p ON n.effect IN ('purchase', 'refunded purchase') AND p.id = n.id
        AND (n.effect = 'purchase' OR p.state = 'refunded')
    LEFT JOIN seat s ON n.effect IN ('seat', 'cancelled seat') AND s.id = n.id
        AND (n.effect = 'seat' OR s.state = 'cancelled')
    LEFT JOIN account a ON n.effect = 'lot' AND a.id = n.id
    WHERE s.id IS NULL AND a.id IS NULL AND p.id IS NULL
)
SELECT (SELECT n FROM checked), (SELECT count(*) FROM broken), first.says
FROM (SELECT 1) one
LEFT JOIN (SELECT says FROM broken LIMIT %(shown)s) first ON true
