-- The names of teachers, by id: (market, teachers).
SELECT id, name FROM teacher WHERE market_id = %s AND id = ANY(%s::bigint[]) ORDER BY id
