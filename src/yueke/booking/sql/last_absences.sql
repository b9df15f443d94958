-- Of each learner who was in a lesson, the absence that is the last thing told of them there:
-- (market, lesson).
SELECT * FROM (
    SELECT DISTINCT ON (e.learner_id) e.learner_id, e.kind, e.data ->> 'asset' AS asset,
           (e.data ->> 'refunded')::int AS refunded
    FROM event e
    WHERE e.market_id = %s AND e.lesson_id = %s AND e.learner_id IS NOT NULL
    ORDER BY e.learner_id, e.id DESC
) last
WHERE kind IN ('lesson.teacher_absent', 'lesson.learner_absent')
ORDER BY learner_id
