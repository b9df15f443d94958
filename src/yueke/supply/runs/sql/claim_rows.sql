-- Lock some waiting rows of a run that nobody else is at, beyond a place: (run, place, how many).
-- What lies before it has mostly been booked, and would be walked through anew each time.
SELECT place, learner_id, product, asset, teacher_id, starts_at
FROM weekly_row
WHERE run_id = %s AND state = 'waiting' AND place > %s
ORDER BY place
LIMIT %s
FOR UPDATE SKIP LOCKED
