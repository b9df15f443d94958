-- What is in some lots past their time, whose owners are locked: (now, market, lots).
SELECT a.id, a.market_id, a.learner_id, a.asset, a.balance, c.id AS account_id
FROM account a
JOIN account c ON c.market_id = a.market_id AND c.role = 'expired' AND c.asset = a.asset
WHERE a.expires_at <= %s AND a.market_id = %s AND a.id = ANY(%s::bigint[])
ORDER BY a.id
