-- Some learners who have a major course.
SELECT g.learner_id
FROM learning_progress g
JOIN product p ON p.id = g.product_id AND p.code = 'major'
ORDER BY g.learner_id % 9973
LIMIT 2000
