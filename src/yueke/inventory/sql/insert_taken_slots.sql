-- Slots that were never offered, each kept for a learner and taken by a lesson at once:
-- (starts, learners, lessons, teachers, market). Skills and rating are the teacher's.
INSERT INTO slot (market_id, teacher_id, rating, abilities, state, target_kind, target_id, starts_at,
                  lesson_id)
SELECT t.market_id, t.id, t.rating, abilities_of(t.skills || t.tags), 'booked', 'student',
       taken.learner_id, taken.starts_at, taken.lesson_id
FROM unnest(%s::timestamptz[], %s::bigint[], %s::bigint[], %s::bigint[])
     taken (starts_at, learner_id, lesson_id, teacher_id)
JOIN teacher t ON t.market_id = %s AND t.id = taken.teacher_id
