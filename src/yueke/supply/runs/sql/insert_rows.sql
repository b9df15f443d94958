-- Write rows of a run: (run, places, learners, products, assets, teachers, starts, states, whys).
INSERT INTO weekly_row (run_id, place, learner_id, product, asset, teacher_id, starts_at, state, why)
SELECT %s::bigint, *
FROM unnest(%s::int[], %s::bigint[], %s::text[], %s::text[], %s::bigint[], %s::timestamptz[],
            %s::text[], %s::text[])
