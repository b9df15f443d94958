-- Slots that were never offered, kept for a product and taken by a lesson at once:
-- (product, lesson, starts, market, teacher).
INSERT INTO slot (market_id, teacher_id, rating, abilities, state, target_kind, target_id,
                  lesson_id, starts_at)
SELECT t.market_id, t.id, t.rating, abilities_of(t.skills, t.tags), 'booked', 'product',
       %s::bigint, %s::bigint, starts_at
FROM teacher t, unnest(%s::timestamptz[]) starts_at
WHERE t.market_id = %s AND t.id = %s
