-- When and by whom a lesson is taught, of what, and who has live seats in it: (market, lesson).
SELECT l.product_id, l.starts_at, l.cells, l.teacher_id, ARRAY(
    SELECT s.learner_id FROM seat s WHERE s.lesson_id = l.id AND s.state = 'live'
) AS learners
FROM lesson l
WHERE l.market_id = %s AND l.id = %s
