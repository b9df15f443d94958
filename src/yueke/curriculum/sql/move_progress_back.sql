-- Move learners of a course back by so many lessons, never to before its first:
-- (learners, how far, course).
UPDATE learning_progress g
SET next_number = greatest(g.next_number - back.moved, 1)
FROM unnest(%s::bigint[], %s::smallint[]) back (learner_id, moved)
WHERE g.learner_id = back.learner_id AND g.course_id = %s
