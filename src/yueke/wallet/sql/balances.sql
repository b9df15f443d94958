-- What learners can still spend of each asset: (market, learners, now).
SELECT learner_id, asset, sum(balance)::bigint AS balance
FROM account
WHERE market_id = %s AND learner_id = ANY(%s::bigint[])
    AND (expires_at IS NULL OR expires_at > %s)
GROUP BY learner_id, asset
