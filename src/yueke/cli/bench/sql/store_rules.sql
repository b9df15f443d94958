-- Store rules for learners: (lessons, learners, times, teachers, market).
INSERT INTO auto_rule (id, market_id, learner_id, product_id, lessons, times, teachers, tags, is_spread,
                       skips_holidays, asset, is_active, channel, actor_kind, actor_id, stored_at)
SELECT asked.learner_id, p.market_id, asked.learner_id, p.id, %s, asked.times::smallint[],
       asked.teachers::bigint[], '{}', true, false, 'credit', true, 'lp', 'user', 0, now()
FROM product p
CROSS JOIN unnest(%s::bigint[], %s::text[], %s::text[]) asked (learner_id, times, teachers)
WHERE p.market_id = %s AND p.code = 'major'
