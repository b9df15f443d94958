-- Take back what was noted on live seats, and tell how far progress had moved: (market, lesson).
UPDATE seat s
SET taught_number = NULL, progress_moved = NULL
FROM seat was
WHERE was.id = s.id AND s.market_id = %s AND s.lesson_id = %s AND s.state = 'live'
    AND was.progress_moved IS NOT NULL
RETURNING s.learner_id, was.progress_moved
