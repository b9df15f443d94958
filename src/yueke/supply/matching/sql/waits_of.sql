-- How it stands with those of some seats who have entered: (seats).
SELECT w.seat_id, w.state, w.teacher_id, w.entered_at
FROM wait w
WHERE w.seat_id = ANY(%s::bigint[])
