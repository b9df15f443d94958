"""How the embedded PostgreSQL is set: durable first, then sized for a small machine."""

from collections.abc import Mapping

# Given at each start, so that a newer Yueke brings its newer settings to old data.
DURABLE = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "256MB",
    # Few checkpoints: after each one, every page that is touched is written whole once more.
    "max_wal_size": "8GB",
    "checkpoint_timeout": "15min",
    # This build can only compress by pglz, which costs more CPU than the writing it saves.
    "wal_compression": "off",
    "random_page_cost": "1.1",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
}

# For tests that crash nothing.
FAST_AND_FORGETFUL = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
}


def as_arguments(settings: Mapping[str, str]) -> list[str]:
    """Return the settings as arguments of `postgres`."""
    return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
