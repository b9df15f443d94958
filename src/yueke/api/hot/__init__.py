"""The hot routes: book, cancel and search without Django's request, in batches."""
