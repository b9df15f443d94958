-- Where learners stand in each product they have opened: (learners).
SELECT g.learner_id, g.product_id, g.course_id, c.level
FROM learning_progress g
JOIN course c ON c.id = g.course_id
WHERE g.learner_id = ANY(%s::bigint[])
