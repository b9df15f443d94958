-- Every lesson, seat, transfer and slot has the event that says who did it and when.
WITH checked AS (
    SELECT (SELECT count(*) FROM lesson) + (SELECT count(*) FROM seat)
        + (SELECT count(*) FROM transfer) + (SELECT count(*) FROM slot) AS n
), broken AS (
    SELECT format('lesson %%s was booked without an event', l.id) AS says
    FROM lesson l
    LEFT JOIN event e ON e.market_id = l.market_id AND e.lesson_id = l.id
        AND e.kind IN ('lesson.booked', 'class.created')
    WHERE e.id IS NULL
    UNION ALL
    -- A seat has the number of the event that gave it.
    SELECT format('seat %%s was taken without an event', s.id)
    FROM seat s
    LEFT JOIN event e ON e.id = s.id AND e.market_id = s.market_id AND e.learner_id = s.learner_id
        AND e.lesson_id = s.lesson_id AND e.data ? 'paid'
    WHERE e.id IS NULL
    UNION ALL
    SELECT format('seat %%s was cancelled without an event', s.id)
    FROM seat s
    LEFT JOIN event e ON e.market_id = s.market_id AND e.learner_id = s.learner_id
        AND CASE e.kind
            WHEN 'lesson.exchanged' THEN (e.data ->> 'left')::bigint
            WHEN 'lesson.moved' THEN (e.data ->> 'left')::bigint
            WHEN 'lesson.cancelled' THEN e.lesson_id
            WHEN 'lesson.fake_cancelled' THEN e.lesson_id
            WHEN 'lesson.swapped_out' THEN e.lesson_id
            WHEN 'lesson.unmatched' THEN e.lesson_id
            WHEN 'lesson.teacher_absent' THEN e.lesson_id
            WHEN 'lesson.learner_absent' THEN e.lesson_id
        END = s.lesson_id
    WHERE s.state = 'cancelled' AND e.id IS NULL
    UNION ALL
    SELECT format('lesson %%s is kept without a learner, and no event says why', l.id)
    FROM lesson l
    LEFT JOIN event e ON e.market_id = l.market_id AND e.lesson_id = l.id
        AND e.kind = 'lesson.fake_cancelled'
    WHERE l.state = 'vacant' AND e.id IS NULL
    UNION ALL
    SELECT format('purchase %%s was bought or refunded without an event', p.id)
    FROM replay_purchase p
    LEFT JOIN event e ON e.id = p.id AND e.kind = 'replay.bought'
    LEFT JOIN event back ON back.market_id = p.market_id AND back.lesson_id = p.lesson_id
        AND back.learner_id = p.learner_id AND back.kind = 'replay.refunded'
    WHERE e.id IS NULL OR (p.state = 'refunded' AND back.id IS NULL)
    UNION ALL
    SELECT format('transfer %%s of event %%s, which is not there', t.part, t.event_id)
    FROM transfer t
    LEFT JOIN event e ON e.id = t.event_id
    WHERE e.id IS NULL
    UNION ALL
    SELECT format('slot of teacher %%s at %%s was released without an event', s.teacher_id, s.starts_at)
    FROM slot s
    LEFT JOIN event e ON e.market_id = s.market_id AND e.teacher_id = s.teacher_id
        AND e.starts_at = s.starts_at AND e.kind = 'slot.released'
    WHERE e.id IS NULL
    UNION ALL
    SELECT format('event %%s says nobody did it', id)
    FROM event
    WHERE channel = '' OR actor_kind = ''
)
SELECT (SELECT n FROM checked), (SELECT count(*) FROM broken), first.says
FROM (SELECT 1) one
LEFT JOIN (SELECT says FROM broken LIMIT %(shown)s) first ON true
