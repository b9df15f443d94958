-- Note that a learner did not come: (market, seat).
UPDATE seat SET absent = true WHERE market_id = %s AND id = %s
