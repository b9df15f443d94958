-- Note how far a market's reminders are planned: (until, market).
UPDATE reminder_mark SET planned_to = %s WHERE market_id = %s
