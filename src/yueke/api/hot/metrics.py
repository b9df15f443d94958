"""What is counted of the hot routes."""

from prometheus_client import Counter, Histogram

batch_orders = Histogram(
    "yueke_batch_orders", "Orders in one call of a set-based command", buckets=(1, 4, 16, 64, 128)
)
batch_seconds = Histogram("yueke_batch_seconds", "Seconds of one call of a set-based command")
answers = Counter("yueke_hot_answers", "Answers of the hot routes", ["status"])
