-- Seats with their lessons within the caller's reach, first to last.
SELECT s.id, s.lesson_id,
       shown.state,
       s.starts_at, p.minutes, s.learner_id, n.name, n.family_id,
       l.teacher_id, t.name, t.zone, p.code, p.name_zh, p.name_en, c.level, c.name,
       s.asset, s.paid, s.refunded, coalesce(s.free_cancel_hours, p.free_cancel_hours),
       coalesce(s.taught_number, l.course_number), k.title, s.absent
FROM seat s
JOIN lesson l ON l.id = s.lesson_id
JOIN learner n ON n.id = s.learner_id
JOIN product p ON p.id = l.product_id
LEFT JOIN teacher t ON t.id = l.teacher_id
LEFT JOIN course c ON c.id = l.course_id
LEFT JOIN course_lesson k ON k.course_id = l.course_id
    AND k.number = coalesce(s.taught_number, l.course_number)
CROSS JOIN LATERAL (SELECT CASE
    WHEN s.state = 'live' AND l.state = 'finished' THEN 'finished'
    -- The seat last left stands for a lesson kept without a learner, but not to its family or learner.
    WHEN l.state IN ('vacant', 'finished') AND l.seats_taken = 0
        AND %(family_id)s::bigint IS NULL AND %(learner_id)s::bigint IS NULL
        AND s.id = (SELECT max(id) FROM seat WHERE lesson_id = l.id) THEN l.state
    ELSE s.state
END AS state) shown
WHERE s.market_id = %(market_id)s AND l.market_id = %(market_id)s
    AND (%(family_id)s::bigint IS NULL OR n.family_id = %(family_id)s)
    AND (%(teacher_id)s::bigint IS NULL OR l.teacher_id = %(teacher_id)s)
    AND (%(learner_id)s::bigint IS NULL OR s.learner_id = %(learner_id)s)
    AND (%(begin)s::timestamptz IS NULL OR l.starts_at >= %(begin)s)
    AND (%(end)s::timestamptz IS NULL OR l.starts_at < %(end)s)
    AND (%(ends_after)s::timestamptz IS NULL
        OR l.starts_at + make_interval(mins => p.minutes) > %(ends_after)s)
    AND (%(ends_by)s::timestamptz IS NULL
        OR l.starts_at + make_interval(mins => p.minutes) <= %(ends_by)s)
    AND (%(product)s::text IS NULL OR p.code = %(product)s)
    AND (%(class_teacher_id)s::bigint IS NULL OR n.class_teacher_id = %(class_teacher_id)s)
    -- A seat has the number of the event that gave it.
    AND (%(booked_by)s::bigint IS NULL OR EXISTS (
        SELECT FROM event e
        WHERE e.id = s.id AND e.actor_kind = 'user' AND e.actor_id = %(booked_by)s
    ))
    AND (%(seat_ids)s::bigint[] IS NULL OR s.id = ANY(%(seat_ids)s::bigint[]))
    AND (NOT %(without_teacher)s OR l.teacher_id IS NULL)
    AND (%(state)s::text IS NULL OR %(state)s = shown.state
        OR (%(state)s = 'live' AND shown.state = 'vacant'))
    AND (%(text)s::text IS NULL
        OR n.name ILIKE %(text)s OR n.english_name ILIKE %(text)s OR n.pinyin ILIKE %(text)s
        OR t.name ILIKE %(text)s)
    AND (%(after_at)s::timestamptz IS NULL OR l.starts_at >= %(after_at)s)
    AND (%(after_at)s::timestamptz IS NULL
        OR (l.starts_at, s.id) > (%(after_at)s::timestamptz, %(after_id)s::bigint))
ORDER BY l.starts_at, s.id
LIMIT %(size)s
