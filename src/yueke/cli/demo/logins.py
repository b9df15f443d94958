"""The logins of the demo company, as a table."""

from rich.console import Console
from rich.table import Table

from yueke.cli.demo.catalogue import PASSWORD
from yueke.cli.demo.tables import rows
from yueke.people.channels import channels


def show(console: Console) -> None:
    """Print every login with its password."""
    table = Table(title=f"Demo company · 演示公司 (password of all · 密码: {PASSWORD})")
    for heading in ("login", "who", "谁"):
        table.add_column(heading)
    table.add_row("parent", "A parent with two learners", "家长，两个孩子")
    table.add_row("teacher", "A teacher in New York", "外教，纽约")
    for row in rows("staff"):
        channel = channels()[row["channel"]]
        table.add_row(channel.code, channel.name_en, channel.name_zh)
    console.print(table)
