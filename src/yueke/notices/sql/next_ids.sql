-- Take numbers for rows about to be written: (how many).
SELECT nextval('row_id') AS id FROM generate_series(1, %s)
