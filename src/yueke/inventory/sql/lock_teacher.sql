-- Keep what a teacher can do as it is until the transaction ends: (market, teacher).
SELECT FROM teacher WHERE market_id = %s AND id = %s FOR SHARE
