-- Let those who overbook half-hours of products wait for each other, in one order:
-- (market, products, starts). Each key is made of the three.
SELECT pg_advisory_xact_lock(key) IS NULL AS waits
FROM (
    SELECT hashtextextended(concat_ws(' ', 'overbook', %s::int, product_id,
                                      extract(epoch FROM starts_at)), 0) AS key
    FROM unnest(%s::bigint[], %s::timestamptz[]) wanted (product_id, starts_at)
    ORDER BY key
) keys
