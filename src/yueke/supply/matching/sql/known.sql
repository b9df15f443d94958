-- Whom learners have been taught by: (market, learners).
SELECT DISTINCT s.learner_id, l.teacher_id
FROM seat s
JOIN lesson l ON l.id = s.lesson_id
WHERE s.market_id = %s AND s.learner_id = ANY(%s::bigint[]) AND s.state = 'live'
    AND l.state = 'finished' AND l.teacher_id IS NOT NULL
