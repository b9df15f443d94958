-- Choose which lesson of its course a lesson teaches: (number, market, lesson).
UPDATE lesson SET course_number = %s WHERE market_id = %s AND id = %s
