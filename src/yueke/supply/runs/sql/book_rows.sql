-- Note the seats of rows that were booked: (places, seats, run).
UPDATE weekly_row w
SET state = 'booked', seat_id = done.seat_id
FROM unnest(%s::int[], %s::bigint[]) done (place, seat_id)
WHERE w.run_id = %s AND w.place = done.place
