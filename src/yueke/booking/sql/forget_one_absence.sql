-- Take back that a learner did not come: (market, seat).
UPDATE seat SET absent = false WHERE market_id = %s AND id = %s
