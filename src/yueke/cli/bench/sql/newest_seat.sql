-- The number that the newest seat has.
SELECT coalesce(max(id), 0) FROM seat
