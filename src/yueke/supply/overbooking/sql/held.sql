-- How many teachers are held for products in a half-open range: (market, first, end).
SELECT s.target_id AS product_id, s.starts_at, count(*) AS teachers
FROM slot s
WHERE s.market_id = %s AND s.starts_at >= %s AND s.starts_at < %s
    AND s.state = 'held' AND s.target_kind = 'product'
GROUP BY s.target_id, s.starts_at
