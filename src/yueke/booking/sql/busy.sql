-- Which of these cells of learners are taken: (learners, starts, market).
SELECT c.learner_id, c.starts_at
FROM unnest(%s::bigint[], %s::timestamptz[]) asked (learner_id, starts_at)
JOIN seat_cell c ON c.market_id = %s
    AND c.learner_id = asked.learner_id AND c.starts_at = asked.starts_at
