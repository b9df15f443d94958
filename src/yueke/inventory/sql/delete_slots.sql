-- Take open slots back: (market, teacher, starts).
DELETE FROM slot
WHERE market_id = %s AND teacher_id = %s AND starts_at = ANY(%s::timestamptz[]) AND state = 'open'
