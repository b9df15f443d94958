-- Every product of a market with its prices, as policies have them at a moment:
-- (moment, moment, market).
SELECT p.id, p.code, p.cells, p.capacity, coalesce((
    SELECT v.value::smallint FROM policy_value v
    WHERE v.market_id = p.market_id AND v.name = 'free_cancel_hours'
        AND (v.product_id = p.id OR v.product_id IS NULL) AND v.from_at <= %s
    ORDER BY v.product_id IS NULL, v.from_at DESC, v.id DESC LIMIT 1
), p.free_cancel_hours), p.major_level_needed, r.asset, r.amount
FROM product p
LEFT JOIN LATERAL (
    SELECT asset, amount FROM price WHERE product_id = p.id AND asset <> 'stone'
    UNION ALL
    SELECT 'stone', coalesce((
        SELECT v.value::int FROM policy_value v
        WHERE v.market_id = p.market_id AND v.name = 'stones_a_lesson'
            AND (v.product_id = p.id OR v.product_id IS NULL) AND v.from_at <= %s
        ORDER BY v.product_id IS NULL, v.from_at DESC, v.id DESC LIMIT 1
    ), (SELECT amount FROM price WHERE product_id = p.id AND asset = 'stone'))
) r ON r.amount > 0 OR r.amount = 0 AND r.asset <> 'stone'
WHERE p.market_id = %s
