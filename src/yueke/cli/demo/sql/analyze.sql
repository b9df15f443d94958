-- Let the planner know the tables, which were empty a moment ago.
ANALYZE market, user_login, staff, family, learner, teacher, learning_progress,
    slot, lesson, seat, seat_cell, account, transfer, event
