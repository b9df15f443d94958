-- Keep what the teachers of the lessons of seats can do as it is, in order of id: (seats, market).
SELECT t.id
FROM teacher t
WHERE t.id IN (
    SELECT l.teacher_id
    FROM seat JOIN lesson l ON l.id = seat.lesson_id
    WHERE seat.id = ANY(%s::bigint[]) AND seat.market_id = %s
)
ORDER BY t.id
FOR SHARE
