"""`reportlint server`: the language server, for editors."""

from __future__ import annotations

import click


@click.command("server")
@click.option("--stdio", is_flag=True, help="通过标准输入输出通信（缺省即是，编辑器常加这个选项）")
@click.option("--clientProcessId", "client", type=int, hidden=True)  # some clients of VS Code's library add it
def command(stdio: bool, client: int | None) -> None:
    """启动语言服务器，供编辑器使用，通过标准输入输出通信。

    Start the language server on stdio.
    """
    import sys

    from reportlint.lsp.server import serve

    if sys.stdin.isatty():
        click.echo("语言服务器由编辑器启动，见 docs/server.md；按 Ctrl+C 结束 (an editor starts this)", err=True)
    serve()
