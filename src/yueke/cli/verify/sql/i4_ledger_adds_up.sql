-- A lot holds what came in less what went out; the entries of an asset sum to zero.
WITH entries AS (
    SELECT to_account_id AS account_id, asset, amount FROM transfer
    UNION ALL
    SELECT from_account_id, asset, -amount FROM transfer
), sums AS (
    SELECT account_id, asset, sum(amount) AS total FROM entries GROUP BY account_id, asset
), checked AS (
    SELECT count(*) AS n FROM entries
), broken AS (
    SELECT format('lot %%s holds %%s, its entries say %%s', a.id, a.balance, coalesce(s.total, 0)) AS says
    FROM account a
    LEFT JOIN sums s ON s.account_id = a.id
    WHERE a.role = 'lot' AND (a.balance < 0 OR a.balance <> coalesce(s.total, 0))
    UNION ALL
    SELECT format('%%s entries of account %%s, which is not an account of that asset', s.asset, s.account_id)
    FROM sums s
    LEFT JOIN account a ON a.id = s.account_id AND a.asset = s.asset
    WHERE a.id IS NULL
    UNION ALL
    SELECT format('the entries of %%s sum to %%s', asset, sum(total))
    FROM sums
    GROUP BY asset
    HAVING sum(total) <> 0
    UNION ALL
    SELECT format('campaign %%s says it gave %%s of %%s, its grants say %%s',
                  c.id, c.granted, c.budget, coalesce(sum(g.amount), 0))
    FROM campaign c
    LEFT JOIN campaign_grant g ON g.campaign_id = c.id AND g.state = 'granted'
    GROUP BY c.id
    HAVING c.granted > c.budget OR c.granted <> coalesce(sum(g.amount), 0)
)
SELECT (SELECT n FROM checked), (SELECT count(*) FROM broken), first.says
FROM (SELECT 1) one
LEFT JOIN (SELECT says FROM broken LIMIT %(shown)s) first ON true
