-- Live seats with higher numbers: (number).
SELECT id FROM seat WHERE id > %s AND state = 'live' ORDER BY id
