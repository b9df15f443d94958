-- Every product of a market with its prices: (market).
SELECT p.id, p.code, p.cells, p.capacity, p.free_cancel_hours, r.asset, r.amount
FROM product p
LEFT JOIN price r ON r.product_id = p.id
WHERE p.market_id = %s
