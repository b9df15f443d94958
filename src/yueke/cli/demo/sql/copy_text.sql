-- Take rows in PostgreSQL's text format: (table, columns).
COPY {} ({}) FROM STDIN
