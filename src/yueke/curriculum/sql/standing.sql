-- Where learners stand in one product: (product, learners).
SELECT g.learner_id, c.level, g.next_number
FROM learning_progress g
JOIN course c ON c.id = g.course_id
WHERE g.product_id = %s AND g.learner_id = ANY(%s::bigint[])
