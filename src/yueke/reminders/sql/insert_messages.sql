-- Add messages, but none twice for one cause: (market, parties' kinds, parties, causes, ways,
-- abouts, lessons, learners, teachers, products, starts, untils, due).
INSERT INTO message (market_id, state, attempts, address, subject, text, trouble,
                     party_kind, party_id, cause, way, about, lesson_id, learner_id,
                     teacher_id, product, starts_at, until, due_at)
SELECT %s, 'waiting', 0, '', '', '', '', *
FROM unnest(%s::text[], %s::bigint[], %s::text[], %s::text[], %s::text[], %s::bigint[],
            %s::bigint[], %s::bigint[], %s::text[], %s::timestamptz[], %s::timestamptz[],
            %s::timestamptz[])
ON CONFLICT ON CONSTRAINT message_once_per_cause DO NOTHING
