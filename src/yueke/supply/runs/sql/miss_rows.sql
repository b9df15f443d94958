-- Note of rows that could not be booked why: (places, whys, run).
UPDATE weekly_row w
SET state = 'missed', why = done.why
FROM unnest(%s::int[], %s::text[]) done (place, why)
WHERE w.run_id = %s AND w.place = done.place
