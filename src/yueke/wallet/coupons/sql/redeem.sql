-- Mark a code as redeemed, if it is not yet: (at, family, learner, lot, market, code).
UPDATE coupon_code SET redeemed_at = %s, family_id = %s, learner_id = %s, lot_id = %s
WHERE market_id = %s AND code = %s AND redeemed_at IS NULL
RETURNING code
