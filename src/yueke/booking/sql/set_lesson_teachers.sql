-- Give lessons that have none their teachers: (lessons, teachers, market).
UPDATE lesson l
SET teacher_id = given.teacher_id
FROM unnest(%s::bigint[], %s::bigint[]) given (lesson_id, teacher_id)
WHERE l.id = given.lesson_id AND l.market_id = %s AND l.teacher_id IS NULL
