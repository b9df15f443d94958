-- Take so many numbers of a sequence that nobody else uses meanwhile: (sequence, how many).
SELECT setval(%(sequence)s::regclass, nextval(%(sequence)s::regclass) + %(count)s) - %(count)s
