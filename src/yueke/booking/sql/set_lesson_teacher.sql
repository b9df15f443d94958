-- Give a lesson to a teacher: (teacher, market, lesson).
UPDATE lesson SET teacher_id = %s WHERE market_id = %s AND id = %s
