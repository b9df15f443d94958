-- Write lessons of one seat each: (market, ids, products, courses, teachers, starts, cells, capacities).
INSERT INTO lesson (market_id, seats_taken, state, id, product_id, course_id, teacher_id,
                    starts_at, cells, capacity)
SELECT %s::int, 1, 'booked', *
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::timestamptz[],
            %s::smallint[], %s::smallint[])
