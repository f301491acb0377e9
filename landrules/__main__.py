"""`python -m landrules` is the command `landrules`."""

from landrules.cli.main import run

if __name__ == "__main__":
    run()
