"""`python -m yueke` is the `yueke` command."""

from yueke.cli.main import app

if __name__ == "__main__":
    app()
