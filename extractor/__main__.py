"""`python -m extractor` is `onco-extract`."""

from extractor.cli import app

if __name__ == "__main__":
    app(prog_name="onco-extract")
