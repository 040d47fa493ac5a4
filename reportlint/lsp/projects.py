"""Which configuration holds for which document: folders of the workspace, each with the client's settings for it.

A `Projects` never changes: where a setting, a configuration, a pack or a baseline does, a new one takes its place.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from reportlint.api import Checker, Project
from reportlint.config import Config
from reportlint.engine import Report, Stopped, with_packs
from reportlint.lsp.documents import Document, Snapshot
from reportlint.lsp.settings import AUTO, Settings
from reportlint.model import ReportlintError, ReportlintErrors

_UNTITLED = "untitled.txt"


class Refused(NamedTuple):
    """A document that cannot be checked: what is wrong with its configuration, or with us."""

    errors: tuple[Exception, ...]


Outcome = Document | Refused | None
"""None: a document that is not to be checked."""


class Projects:
    """What holds for every document, until something changes. `generation` tells one from its successor."""

    def __init__(self, folders: Iterable[str], settings: Mapping[str | None, Settings], generation: int = 0) -> None:
        """`settings` by folder; that of None holds for what lies in no folder."""
        self.folders = sorted(folders, key=len, reverse=True)
        self.generation = generation
        self._settings = settings
        self._projects: dict[tuple[Settings, str | None], Project | ReportlintError] = {}
        with_packs.cache_clear()  # a pack may have changed under its name

    def folder(self, path: str | None) -> str | None:
        """The innermost folder of the workspace that a file lies in; the first for a document that is no file."""
        if path is None:
            return self.folders[-1] if self.folders else None
        return next((f for f in self.folders if path == f or path.startswith(f.rstrip(os.sep) + os.sep)), None)

    def settings(self, path: str | None) -> Settings:
        """The client's settings for a file."""
        return self.settings_of(self.folder(path))

    def settings_of(self, folder: str | None) -> Settings:
        """The client's settings for a folder."""
        return self._settings.get(folder) or self._settings.get(None) or Settings()

    def place(self, path: str | None) -> str:
        """The path that configuration is looked up by: a document without a file is one in the first folder."""
        return path or os.path.join(self.folder(None) or os.getcwd(), _UNTITLED)

    def project(self, path: str | None) -> Project:
        """The project of a file. ReportlintError where the client names a configuration that is none."""
        folder, settings = self.folder(path), self.settings(path)
        key = settings, folder if settings.config else None
        if key not in self._projects:
            try:
                isolated = path is None and folder is None and not settings.config
                self._projects[key] = Project(Config(settings.given(), settings.file(folder), isolated))
            except ReportlintError as error:
                self._projects[key] = error
        found = self._projects[key]
        if isinstance(found, ReportlintError):
            raise found
        return found

    def wanted(self, path: str | None) -> bool:
        """Whether a document is to be checked at all."""
        enable = self.settings(path).enable
        if enable is False:
            return False
        try:
            config = self.project(path).config
            place = self.place(path)
            if enable == AUTO and not config.layers(place):
                return False
            return not config.excluded(place)
        except ReportlintError:
            return True  # what is wrong is to be said

    def checker(self, path: str | None) -> Checker:
        """The checker of a document. ReportlintError where its configuration or baseline is wrong."""
        project, place = self.project(path), self.place(path)
        checker = project.checker(place)
        project.baseline(place)
        return checker

    def check(self, snapshot: Snapshot, stopped: Callable[[], bool] | None = None) -> Outcome:
        """Checks a version of a document. Stopped where `stopped` says that nobody wants to know any more."""
        try:
            if not self.wanted(snapshot.path):
                return None
            checker, project, place = (
                self.checker(snapshot.path),
                self.project(snapshot.path),
                self.place(snapshot.path),
            )

            def report(version: Snapshot, stopped: Callable[[], bool] | None = None) -> Report:
                draft = version.draft()
                found = checker.check_draft(draft, stopped)
                if not draft.paragraphs:
                    return found._replace(findings=[], notes=())
                known = project.known(place, found)
                project.stale.clear()  # said of a run, not of every keystroke
                assert isinstance(known, Report)
                return known

            return Document(snapshot, report(snapshot, stopped), checker, report)
        except Stopped:
            raise
        except ReportlintErrors as error:
            return Refused(tuple(error.errors))
        except Exception as error:
            # A slip of ours in one draft must not cost the user the server.
            if os.environ.get("REPORTLINT_DEBUG"):
                import traceback

                traceback.print_exc()
            return Refused((error,))

    def sources(self) -> set[str]:
        """Every file whose change is a change of what holds for the documents seen so far."""
        from reportlint.rules import dictionaries_read

        found = {path for paths in dictionaries_read.values() for path in paths}
        for folder in (*self.folders, None):
            named = self.settings_of(folder).file(folder)
            found |= {named} if named else set()
        for project in list(self._projects.values()):
            if isinstance(project, Project):
                found |= project.config.files()
        return {os.path.abspath(path) for path in found}
