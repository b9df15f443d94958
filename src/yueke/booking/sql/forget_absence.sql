-- Take back that nobody came to a lesson: (market, lesson).
UPDATE seat SET absent = false WHERE market_id = %s AND lesson_id = %s AND state = 'live'
