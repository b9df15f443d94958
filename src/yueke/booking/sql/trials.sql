-- How many trials learners have that are not cancelled, and how many they may have as the policy
-- of the moment says, if it says so: (market, product, market, moment, learners).
SELECT asked.learner_id, (
    SELECT count(*) FROM seat s
    JOIN lesson l ON l.id = s.lesson_id
    JOIN product p ON p.id = l.product_id
    WHERE s.market_id = %s AND s.learner_id = asked.learner_id AND s.state = 'live' AND p.code = %s
) AS taken, (
    SELECT v.value::int FROM policy_value v
    WHERE v.market_id = %s AND v.name = 'trial_limit' AND v.from_at <= %s
    ORDER BY v.from_at DESC, v.id DESC LIMIT 1
) AS allowed
FROM unnest(%s::bigint[]) asked (learner_id)
