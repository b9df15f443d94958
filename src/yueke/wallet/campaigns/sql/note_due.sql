-- Note what learners have earned, each once for a cause:
-- (at, campaigns, learners, causes, markets, amounts).
INSERT INTO campaign_grant (at, state, campaign_id, learner_id, cause, market_id, amount)
SELECT %s::timestamptz, 'due', *
FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::int[], %s::int[])
ON CONFLICT (campaign_id, learner_id, cause) DO NOTHING
