-- Where learners stand in products: (learners, products).
SELECT g.learner_id, g.product_id, g.course_id, c.level
FROM unnest(%s::bigint[], %s::bigint[]) asked (learner_id, product_id)
JOIN learning_progress g USING (learner_id, product_id)
JOIN course c ON c.id = g.course_id
