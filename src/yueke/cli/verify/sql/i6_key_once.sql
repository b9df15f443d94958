-- Each seat that an answer names is there, and was booked under one key.
WITH named AS (
    SELECT r.key, (result ->> 'seat_id')::bigint AS seat_id
    FROM request_key r
    CROSS JOIN LATERAL jsonb_array_elements(
        CASE jsonb_typeof(r.outcome) WHEN 'array' THEN r.outcome ELSE '[]' END
    ) result
    WHERE result ? 'free_cancel_until'
), checked AS (
    SELECT count(*) AS n FROM request_key
), broken AS (
    SELECT format('seat %%s is the answer of keys %%s', seat_id, array_agg(key)) AS says
    FROM named
    GROUP BY seat_id
    HAVING count(*) > 1
    UNION ALL
    SELECT format('key %%s answers with seat %%s, which is not there', n.key, n.seat_id)
    FROM named n
    LEFT JOIN seat s ON s.id = n.seat_id
    WHERE s.id IS NULL
)
SELECT (SELECT n FROM checked), (SELECT count(*) FROM broken), first.says
FROM (SELECT 1) one
LEFT JOIN (SELECT says FROM broken LIMIT %(shown)s) first ON true
