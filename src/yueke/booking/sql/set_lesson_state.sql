-- Give a lesson a state: (state, market, lesson).
UPDATE lesson SET state = %s WHERE market_id = %s AND id = %s
