-- Take the turn to match one half-hour of a product, until the transaction ends, unless another has it:
-- (market, product, start).
SELECT pg_try_advisory_xact_lock(hashtextextended(
    concat_ws(' ', 'match', %s::int, %s::bigint, extract(epoch FROM %s::timestamptz)), 0))
