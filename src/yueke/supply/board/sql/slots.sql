-- Slots of a half-open range by half-hour and state: (market, first, end).
SELECT starts_at, count(*) FILTER (WHERE state = 'open') AS open,
       count(*) FILTER (WHERE state = 'held') AS held,
       count(*) FILTER (WHERE state = 'booked') AS booked
FROM slot
WHERE market_id = %s AND starts_at >= %s AND starts_at < %s
GROUP BY starts_at
