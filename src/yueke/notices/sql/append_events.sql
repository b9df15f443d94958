-- Append events: (market, at, ids, kinds, channels, actor kinds, actor ids, reasons,
-- lessons, learners, teachers, starts, data as one JSON array).
INSERT INTO event (market_id, at, id, kind, channel, actor_kind, actor_id, reason,
                   lesson_id, learner_id, teacher_id, starts_at, data)
SELECT %s::int, %s::timestamptz, *
FROM ROWS FROM (unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::bigint[], %s::text[],
                       %s::bigint[], %s::bigint[], %s::bigint[], %s::timestamptz[]),
                jsonb_array_elements(%s::jsonb)) told
