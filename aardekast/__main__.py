"""`python -m aardekast` is `aardekast`."""

from aardekast.cli import main

if __name__ == "__main__":
    main()
