-- Count seats left; a lesson that nobody has a seat in is cancelled: (lessons, how many, market).
UPDATE lesson l
SET seats_taken = l.seats_taken - left_.seats,
    state = CASE WHEN l.seats_taken = left_.seats THEN 'cancelled' ELSE l.state END
FROM unnest(%s::bigint[], %s::int[]) left_ (lesson_id, seats)
WHERE l.id = left_.lesson_id AND l.market_id = %s
