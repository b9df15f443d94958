-- Hold teachers of trials who have no lesson at a half-hour, and tell of it.
WITH free AS (
    SELECT t.*, p.id AS product_id
    FROM teacher t
    JOIN product p ON p.market_id = t.market_id AND p.code = 'trial'
    WHERE NOT EXISTS (
        SELECT 1 FROM slot s
        WHERE s.market_id = t.market_id AND s.teacher_id = t.id AND s.starts_at = %(at)s
            AND s.state = 'booked'
    )
    ORDER BY t.id
    LIMIT %(count)s
), told AS (
    INSERT INTO event (id, market_id, at, kind, channel, actor_kind, actor_id, reason, teacher_id,
                       starts_at, data)
    SELECT nextval('row_id'), free.market_id, now(), 'slot.released', 'system', 'job', 0, '', free.id,
           %(at)s, '{}'
    FROM free
)
INSERT INTO slot (market_id, teacher_id, starts_at, state, rating, abilities, target_kind, target_id,
                  reserved_until)
SELECT free.market_id, free.id, %(at)s, 'held', free.rating, abilities_of(free.skills, free.tags),
       'product', free.product_id, %(at)s + interval '30 minutes'
FROM free
ON CONFLICT (market_id, teacher_id, starts_at) DO UPDATE
SET state = 'held', target_kind = 'product', target_id = EXCLUDED.target_id,
    reserved_until = EXCLUDED.reserved_until
