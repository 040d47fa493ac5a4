"""The findings of every draft of a workspace, open or not; a file that has not changed is not checked again."""

from __future__ import annotations

import asyncio
import os
import time
from typing import NamedTuple

from lsprotocol import types as lsp

from reportlint.api import contents
from reportlint.discover import NoDraft
from reportlint.lsp.diagnostics import diagnostics, result_id
from reportlint.lsp.documents import Document, Snapshot, path_of, uri_of
from reportlint.lsp.projects import Projects
from reportlint.lsp.session import Session
from reportlint.model import ReportlintError
from reportlint.readers import SUFFIXES
from reportlint.text import decode

_PATIENCE = 20  # times what a walk took, until there is another


class _Kept(NamedTuple):
    """What was found in a file as it was then."""

    stamp: tuple[int, int, int]
    name: str
    found: list[lsp.Diagnostic]


class Workspace:
    """What is known of the drafts on disk."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._kept: dict[str, _Kept] = {}
        self._walked: tuple[int, float, list[str]] = (-1, 0.0, [])  # generation, until when it holds, paths

    async def report(self, previous: dict[str, str]) -> lsp.WorkspaceDiagnosticReport:
        """The findings of all drafts; `previous` are the names of what the client has, by uri. A draft that has gone
        has none."""
        session, loop = self.session, asyncio.get_running_loop()
        open_ = {b.path: b for b in session.buffers.values() if b.path}
        items: list[lsp.WorkspaceFullDocumentDiagnosticReport | lsp.WorkspaceUnchangedDocumentDiagnosticReport] = []
        paths = await loop.run_in_executor(session.worker, self._drafts)
        seen = set()
        for path in paths:
            buffer = open_.get(path)
            version = buffer.version if buffer else None
            uri = buffer.uri if buffer else uri_of(path)
            if buffer is not None:
                document = await session.document(buffer.uri)
                found = diagnostics(document) if document else []
                name, version = result_id(found), document.snapshot.version if document else version
            else:
                kept = await loop.run_in_executor(session.worker, self._on_disk, path)
                name, found = kept.name, kept.found
            seen.add(uri)
            if previous.get(uri) == name:
                items.append(lsp.WorkspaceUnchangedDocumentDiagnosticReport(uri, name, version))
            else:
                items.append(lsp.WorkspaceFullDocumentDiagnosticReport(uri, found, version, result_id=name))
        for uri in previous.keys() - seen:
            if path_of(uri) not in open_:
                items.append(lsp.WorkspaceFullDocumentDiagnosticReport(uri, [], None))
        for path in self._kept.keys() - set(paths):
            del self._kept[path]
        return lsp.WorkspaceDiagnosticReport(items)

    def _drafts(self) -> list[str]:
        """The drafts of all folders; of large ones not walked anew each time, for clients ask every two seconds."""
        projects, begun = self.session.projects, time.monotonic()
        generation, until, paths = self._walked
        if generation != projects.generation or begun > until:
            paths = _drafts(projects)
            now = time.monotonic()
            self._walked = projects.generation, now + _PATIENCE * (now - begun), paths
        return paths

    def _on_disk(self, path: str) -> _Kept:
        projects = self.session.projects
        try:
            stat = os.stat(path)
        except OSError:
            return _Kept((0, 0, 0), result_id([]), [])
        stamp = stat.st_size, stat.st_mtime_ns, projects.generation
        kept = self._kept.get(path)
        if kept is None or kept.stamp != stamp:
            found = _check(projects, path, self.session.encoding)
            kept = self._kept[path] = _Kept(stamp, result_id(found), found)
        return kept


def _drafts(projects: Projects) -> list[str]:
    """The drafts of the folders that are to be checked, sorted, each once."""
    found: set[str] = set()
    for folder in projects.folders:
        if projects.settings_of(folder).enable is False:
            continue
        try:
            walked = projects.project(folder).drafts([folder])
        except ReportlintError:
            continue
        found |= {os.path.abspath(path) for path in walked if not isinstance(path, NoDraft)}
    return sorted(path for path in found if projects.wanted(path))


def _check(projects: Projects, path: str, encoding: str) -> list[lsp.Diagnostic]:
    data = contents(path)
    if not isinstance(data, bytes):
        return []
    try:
        text = decode(data, projects.project(path).config.settings(path).encoding).text
    except ReportlintError:
        return []  # no text, or a configuration that is shown where it is wrong
    markdown = path.lower().endswith(SUFFIXES[1:])
    outcome = projects.check(Snapshot(uri_of(path), path, path, None, text, markdown, encoding))
    return diagnostics(outcome) if isinstance(outcome, Document) else []
