-- Take from a campaign's budget what it gives for one cause, if so much is left, and tell how much
-- is left then: (market, campaign).
UPDATE campaign SET granted = granted + amount
WHERE market_id = %s AND id = %s AND granted + amount <= budget
RETURNING budget - granted
