-- Lock everyone who ever had a seat in lessons, in order of id: (lessons).
SELECT id FROM learner
WHERE id IN (SELECT learner_id FROM seat WHERE lesson_id = ANY(%s::bigint[]))
ORDER BY id
FOR NO KEY UPDATE
