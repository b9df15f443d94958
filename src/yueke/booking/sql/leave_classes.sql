-- Count seats left in classes, which take place all the same: (lessons, how many, market).
UPDATE lesson l
SET seats_taken = l.seats_taken - left_.seats
FROM unnest(%s::bigint[], %s::int[]) left_ (lesson_id, seats)
WHERE l.id = left_.lesson_id AND l.market_id = %s
