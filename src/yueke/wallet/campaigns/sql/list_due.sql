-- What is still to be given, first earned first: (limit).
SELECT campaign_id, learner_id, cause, market_id
FROM campaign_grant
WHERE state = 'due'
ORDER BY at, campaign_id, learner_id, cause
LIMIT %s
