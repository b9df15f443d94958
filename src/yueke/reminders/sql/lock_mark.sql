-- Lock how far a market's reminders are planned, from now on if they never were: (market, now).
INSERT INTO reminder_mark (market_id, planned_to) VALUES (%s, %s)
ON CONFLICT (market_id) DO UPDATE SET planned_to = reminder_mark.planned_to
RETURNING planned_to
