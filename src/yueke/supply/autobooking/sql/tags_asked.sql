-- Every tag that an active rule likes: (market_id, learner_id).
SELECT DISTINCT unnest(tags)
FROM auto_rule
WHERE market_id = %(market_id)s AND is_active AND cardinality(tags) > 0
    AND (%(learner_id)s::bigint IS NULL OR learner_id = %(learner_id)s::bigint)
ORDER BY 1
