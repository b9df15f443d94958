-- Make lots good again until a moment: (until, market, lots).
UPDATE account SET expires_at = %s
WHERE market_id = %s AND id = ANY(%s::bigint[])
