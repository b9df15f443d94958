-- What was paid for seats: (seats).
SELECT seat_id, asset, from_account_id, to_account_id, amount, part
FROM transfer
WHERE seat_id = ANY(%s::bigint[]) AND kind = 'spend'
ORDER BY seat_id, part
