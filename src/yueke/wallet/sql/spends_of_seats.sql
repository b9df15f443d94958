-- What was paid for seats: (seats).
SELECT t.seat_id, t.asset, t.from_account_id, t.to_account_id, t.amount, t.part, a.expires_at
FROM transfer t
JOIN account a ON a.id = t.from_account_id
WHERE t.seat_id = ANY(%s::bigint[]) AND t.kind = 'spend'
ORDER BY t.seat_id, t.part
