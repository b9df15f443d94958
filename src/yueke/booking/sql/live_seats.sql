-- The live seats of a lesson: (market, lesson).
SELECT id FROM seat WHERE market_id = %s AND lesson_id = %s AND state = 'live'
ORDER BY learner_id
