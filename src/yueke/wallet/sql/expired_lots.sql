-- What is left in lots past their time: (now, learners).
SELECT id, market_id, learner_id, asset, balance
FROM account
WHERE expires_at <= %s AND balance > 0 AND learner_id = ANY(%s::bigint[])
ORDER BY id
