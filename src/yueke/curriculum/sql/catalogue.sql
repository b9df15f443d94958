-- Every product of a market with its prices, as policies have them: (market_id, now).
-- A product's own policy goes before the market's; no stones as a price: stones do not pay for it.
WITH in_force AS (
    SELECT DISTINCT ON (name, product_id) name, product_id, value
    FROM policy_value
    WHERE market_id = %(market_id)s AND name IN ('free_cancel_hours', 'stones_a_lesson')
        AND from_at <= %(now)s
    ORDER BY name, product_id, from_at DESC, id DESC
), governed AS (
    SELECT p.*, (
        SELECT value::smallint FROM in_force
        WHERE name = 'free_cancel_hours' AND (product_id = p.id OR product_id IS NULL)
        ORDER BY product_id NULLS LAST LIMIT 1
    ) AS hours, (
        SELECT value::int FROM in_force
        WHERE name = 'stones_a_lesson' AND (product_id = p.id OR product_id IS NULL)
        ORDER BY product_id NULLS LAST LIMIT 1
    ) AS stones
    FROM product p
    WHERE p.market_id = %(market_id)s
)
SELECT g.id, g.code, g.cells, g.capacity,
       coalesce(g.hours, g.free_cancel_hours) AS free_cancel_hours, g.major_level_needed,
       r.asset, r.amount
FROM governed g
LEFT JOIN LATERAL (
    SELECT asset, amount FROM price
    WHERE product_id = g.id AND (asset <> 'stone' OR g.stones IS NULL)
    UNION ALL
    SELECT 'stone', g.stones
) r ON r.amount > 0 OR r.amount = 0 AND r.asset <> 'stone'
