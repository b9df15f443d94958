-- Note on live seats which lesson of the course was taught, and how far that moved each learner's
-- progress: (numbers, moved, learners, market, lesson).
UPDATE seat s
SET taught_number = noted.number, progress_moved = noted.moved
FROM unnest(%s::smallint[], %s::smallint[], %s::bigint[]) noted (number, moved, learner_id)
WHERE s.market_id = %s AND s.lesson_id = %s AND s.learner_id = noted.learner_id
    AND s.state = 'live'
