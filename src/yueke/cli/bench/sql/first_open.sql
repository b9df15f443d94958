-- The first half-hour that can be booked.
SELECT min(starts_at)
FROM slot
WHERE state = 'open' AND starts_at > now()
