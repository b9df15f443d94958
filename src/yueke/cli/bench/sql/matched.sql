-- Seats whose learners have been given a teacher.
SELECT seat_id FROM wait WHERE state = 'matched'
