-- Move learners along their course by so many lessons: (by, course, learners).
UPDATE learning_progress SET next_number = next_number + %s
WHERE course_id = %s AND learner_id = ANY(%s::bigint[])
