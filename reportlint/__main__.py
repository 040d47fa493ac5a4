"""`python -m reportlint` is the `reportlint` command."""

from reportlint.cli import main

if __name__ == "__main__":
    main()
