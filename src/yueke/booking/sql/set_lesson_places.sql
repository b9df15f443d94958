-- Say who is in a lesson after learners left or came: how many, the state, and what is taught:
-- (seats, state, course, number, market, lesson).
UPDATE lesson SET seats_taken = %s, state = %s, course_id = %s, course_number = %s
WHERE market_id = %s AND id = %s
