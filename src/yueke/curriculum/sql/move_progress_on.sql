-- Let learners go on to the lesson after one of their course, or after the one that was next; tell
-- which was taught, and how far each moved: (number, course, learners).
UPDATE learning_progress g
SET next_number = coalesce(%s::smallint, was.next_number) + 1
FROM learning_progress was
WHERE was.id = g.id AND g.course_id = %s AND g.learner_id = ANY(%s::bigint[])
RETURNING g.learner_id, g.next_number - 1, g.next_number - was.next_number
