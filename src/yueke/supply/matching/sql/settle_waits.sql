-- Note the teachers that learners who waited were given: (moment, seats, teachers).
UPDATE wait w
SET state = 'matched', settled_at = %s::timestamptz, teacher_id = given.teacher_id
FROM unnest(%s::bigint[], %s::bigint[]) given (seat_id, teacher_id)
WHERE w.seat_id = given.seat_id AND w.state = 'waiting'
