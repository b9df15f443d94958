-- Finish those of lessons that are still without a learner, and name them: (lessons).
UPDATE lesson SET state = 'finished'
WHERE id = ANY(%s::bigint[]) AND state = 'vacant'
RETURNING market_id, id, teacher_id, starts_at
