-- One seat with its lesson, if the caller may see it.
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
    -- The seat last left stands for a lesson kept without a learner, but not to its family.
    WHEN l.state IN ('vacant', 'finished') AND l.seats_taken = 0
        AND %(family_id)s::bigint IS NULL
        AND s.id = (SELECT max(id) FROM seat WHERE lesson_id = l.id) THEN l.state
    ELSE s.state
END AS state) shown
WHERE s.market_id = %(market_id)s
    AND s.id = %(seat_id)s
    AND (%(family_id)s::bigint IS NULL OR n.family_id = %(family_id)s)
    AND (%(teacher_id)s::bigint IS NULL OR l.teacher_id = %(teacher_id)s)
