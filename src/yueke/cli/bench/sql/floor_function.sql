-- One booking as one call: the same locks and rows as the set-based operation writes.
CREATE OR REPLACE FUNCTION bench.book_next() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    work bench.work;
    next_turn int := nextval('bench.turn');
    number bigint;
    request text := gen_random_uuid()::text;
    one record;
BEGIN
    SELECT * INTO work FROM bench.work WHERE turn = next_turn;
    IF NOT FOUND THEN RAISE 'nothing is left to book'; END IF;
    PERFORM 1 FROM learner WHERE market_id = 1 AND id = work.learner_id FOR NO KEY UPDATE;
    PERFORM 1 FROM request_key WHERE actor_kind = 'key' AND actor_id = 0 AND key = request;
    PERFORM 1 FROM seat_cell
    WHERE market_id = 1 AND learner_id = work.learner_id AND starts_at = work.starts_at;
    IF FOUND THEN RETURN 'learner_busy'; END IF;
    UPDATE slot SET state = 'booked', lesson_id = nextval('row_id')
    WHERE market_id = 1 AND teacher_id = work.teacher_id AND starts_at = work.starts_at
        AND state = 'open'
    RETURNING lesson_id INTO number;
    IF NOT FOUND THEN RETURN 'slot_already_taken'; END IF;
    SELECT p.id AS product_id, p.capacity, a.id AS spent_id INTO one
    FROM product p JOIN account a ON a.market_id = 1 AND a.role = 'spent' AND a.asset = 'credit'
    WHERE p.market_id = 1 AND p.code = 'major';
    INSERT INTO seat_cell (market_id, learner_id, starts_at, seat_id)
    VALUES (1, work.learner_id, work.starts_at, number);
    INSERT INTO lesson (market_id, seats_taken, state, id, product_id, course_id, teacher_id,
                        starts_at, cells, capacity)
    VALUES (1, 1, 'booked', number, one.product_id, work.course_id, work.teacher_id,
            work.starts_at, 1, one.capacity);
    INSERT INTO seat (market_id, state, refunded, id, lesson_id, learner_id, starts_at, asset, paid)
    VALUES (1, 'live', 0, number, number, work.learner_id, work.starts_at, 'credit', 1);
    UPDATE account SET balance = balance - 1 WHERE id = work.lot_id;
    INSERT INTO transfer (market_id, at, event_id, part, learner_id, kind, asset,
                          from_account_id, to_account_id, amount, seat_id)
    VALUES (1, now(), number, 0, work.learner_id, 'spend', 'credit', work.lot_id, one.spent_id, 1,
            number);
    INSERT INTO event (market_id, at, id, kind, channel, actor_kind, actor_id, reason, lesson_id,
                       learner_id, teacher_id, starts_at, data)
    VALUES (1, now(), number, 'lesson.booked', 'parents-h5', 'key', 0, '', number,
            work.learner_id, work.teacher_id, work.starts_at,
            '{"product": "major", "asset": "credit", "paid": 1}');
    INSERT INTO request_key (at, actor_kind, actor_id, key, body_hash, outcome)
    VALUES (now(), 'key', 0, request, sha256(request::bytea),
            jsonb_build_array(jsonb_build_object(
                'seat_id', number, 'lesson_id', number, 'learner_id', work.learner_id,
                'teacher_id', work.teacher_id, 'starts_at', work.starts_at, 'product', 'major',
                'asset', 'credit', 'paid', 1, 'free_cancel_until', work.starts_at)));
    RETURN 'booked';
END $$
