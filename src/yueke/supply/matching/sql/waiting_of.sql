-- Since when those of some seats wait who do: (seats).
SELECT w.seat_id, w.entered_at
FROM wait w
WHERE w.seat_id = ANY(%s::bigint[]) AND w.state = 'waiting'
