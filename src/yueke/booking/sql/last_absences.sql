-- Of each learner who was in a lesson and has no seat left, the absence that is the last thing told
-- of them there: (market, lesson).
SELECT learner_id, kind, asset, refunded FROM (
    SELECT DISTINCT ON (e.learner_id) e.lesson_id, e.learner_id, e.kind, e.data ->> 'asset' AS asset,
           (e.data ->> 'refunded')::int AS refunded
    FROM event e
    WHERE e.market_id = %s AND e.lesson_id = %s AND e.learner_id IS NOT NULL
    ORDER BY e.learner_id, e.id DESC
) last
WHERE kind IN ('lesson.teacher_absent', 'lesson.learner_absent')
    AND NOT EXISTS (
        SELECT FROM seat s
        WHERE s.lesson_id = last.lesson_id AND s.learner_id = last.learner_id AND s.state = 'live'
    )
ORDER BY learner_id
