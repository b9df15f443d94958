-- The lessons that learners have or had at a time, those with a live seat last:
-- (market, learners, start).
SELECT s.learner_id, CASE s.state WHEN 'live' THEN l.state ELSE s.state END AS state,
       l.course_number
FROM seat s
JOIN lesson l ON l.id = s.lesson_id
WHERE s.market_id = %s AND s.learner_id = ANY(%s::bigint[]) AND s.starts_at = %s
ORDER BY s.state, s.id
