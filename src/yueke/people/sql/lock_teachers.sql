-- Keep what teachers can do as it is until the transaction ends, in order of id:
-- (market, teachers).
SELECT id FROM teacher WHERE market_id = %s AND id = ANY(%s::bigint[]) ORDER BY id FOR SHARE
