-- Take rows in PostgreSQL's binary format: (table, columns).
COPY {} ({}) FROM STDIN (FORMAT BINARY)
