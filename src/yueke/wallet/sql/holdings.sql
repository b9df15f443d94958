-- What learners can pay with, and the company's own accounts: (market, learners, named lots).
SELECT id, role, learner_id, asset, product_id, expires_at, balance
FROM account
WHERE market_id = %s AND learner_id = ANY(%s::bigint[])
    AND (balance > 0 OR id = ANY(%s::bigint[]))
UNION ALL
SELECT id, role, NULL, asset, NULL, NULL, 0
FROM account
WHERE market_id = %s AND role <> 'lot'
