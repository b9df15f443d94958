-- What learners can pay with in some assets, and the company's own accounts:
-- (market_id, learners, assets, named lots).
SELECT id, role, learner_id, asset, product_id, expires_at, balance
FROM account
WHERE market_id = %(market_id)s AND learner_id = ANY(%(learners)s::bigint[])
    AND (asset = ANY(%(assets)s::text[]) AND balance > 0 OR id = ANY(%(named)s::bigint[]))
UNION ALL
SELECT id, role, NULL, asset, NULL, NULL, 0
FROM account
WHERE market_id = %(market_id)s AND role <> 'lot'
