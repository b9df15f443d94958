-- End the waiting of learners for classes: (learners, lessons, states, market).
UPDATE class_wait w
SET state = ended.state
FROM unnest(%s::bigint[], %s::bigint[], %s::text[]) ended (learner_id, lesson_id, state)
WHERE w.learner_id = ended.learner_id AND w.lesson_id = ended.lesson_id
    AND w.market_id = %s AND w.state = 'waiting'
