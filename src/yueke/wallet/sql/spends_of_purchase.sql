-- What was paid for a purchase that is no seat, named in a seat's place: (purchase).
SELECT t.purchase_id AS seat_id, t.asset, t.from_account_id, t.to_account_id, t.amount, t.part, a.expires_at
FROM transfer t
JOIN account a ON a.id = t.from_account_id
WHERE t.purchase_id = %s AND t.kind = 'spend'
ORDER BY t.part
