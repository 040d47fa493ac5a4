"""`reportlint server`: the language server, for editors."""

from __future__ import annotations

import click


@click.command("server")
@click.option("--stdio", is_flag=True, help="通过标准输入输出通信（缺省即是，编辑器常加这个选项）")
def command(stdio: bool) -> None:
    """启动语言服务器，供编辑器使用，通过标准输入输出通信。

    Start the language server on stdio.
    """
    from reportlint.lsp.server import serve

    serve()
