-- Slots that were never offered, each kept for a target and taken by a lesson at once:
-- (target kinds, targets, starts, lessons, kept on cancel, teachers, market). Skills and rating are
-- the teacher's.
INSERT INTO slot (market_id, teacher_id, rating, abilities, state, target_kind, target_id, starts_at,
                  lesson_id, kept_on_cancel)
SELECT t.market_id, t.id, t.rating, abilities_of(t.skills, t.tags), 'booked', taken.target_kind,
       taken.target_id, taken.starts_at, taken.lesson_id, taken.kept_on_cancel
FROM unnest(%s::text[], %s::bigint[], %s::timestamptz[], %s::bigint[], %s::boolean[], %s::bigint[])
     taken (target_kind, target_id, starts_at, lesson_id, kept_on_cancel, teacher_id)
JOIN teacher t ON t.market_id = %s AND t.id = taken.teacher_id
