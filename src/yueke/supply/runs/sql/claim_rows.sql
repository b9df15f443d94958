-- Lock some waiting rows of a run that nobody else is at: (run, how many).
SELECT place, learner_id, product, asset, teacher_id, starts_at
FROM weekly_row
WHERE run_id = %s AND state = 'waiting'
ORDER BY place
LIMIT %s
FOR UPDATE SKIP LOCKED
