-- Which of these cells of learners are taken: (learners, starts, market).
-- Each cell is looked up by itself, however few there were when they were last counted.
SELECT c.learner_id, c.starts_at
FROM unnest(%s::bigint[], %s::timestamptz[]) asked (learner_id, starts_at)
CROSS JOIN LATERAL (
    SELECT s.learner_id, s.starts_at FROM seat_cell s
    WHERE s.market_id = %s AND s.learner_id = asked.learner_id AND s.starts_at = asked.starts_at
    OFFSET 0
) c
