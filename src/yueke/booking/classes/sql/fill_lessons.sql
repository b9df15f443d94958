-- Count seats taken in lessons that are there: (lessons, how many, market).
-- One more than there are fails the transaction: lesson_seats_within_capacity.
UPDATE lesson l
SET seats_taken = l.seats_taken + filled.seats
FROM unnest(%s::bigint[], %s::int[]) filled (lesson_id, seats)
WHERE l.id = filled.lesson_id AND l.market_id = %s
