-- What teachers teach: (market, teachers).
SELECT id, skills FROM teacher WHERE market_id = %s AND id = ANY(%s::bigint[])
