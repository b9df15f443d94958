-- Let those who match one half-hour of a product wait for each other: (market, product, start).
SELECT pg_advisory_xact_lock(hashtextextended(
    concat_ws(' ', 'match', %s::int, %s::bigint, extract(epoch FROM %s::timestamptz)), 0))
