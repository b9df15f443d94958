-- What is left in lots past their time: (now, learners).
SELECT a.id, a.market_id, a.learner_id, a.asset, a.balance, c.id AS account_id
FROM account a
JOIN account c ON c.market_id = a.market_id AND c.role = 'expired' AND c.asset = a.asset
WHERE a.expires_at <= %s AND a.balance > 0 AND a.learner_id = ANY(%s::bigint[])
ORDER BY a.id
