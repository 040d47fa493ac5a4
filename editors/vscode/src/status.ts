/** The status item: the counts of the active draft, or what is wrong with the server. Hidden for every other text. */
import * as vscode from "vscode";
import { count, label } from "./counts";
import type { Phase } from "./server";

export class Status implements vscode.Disposable {
  private readonly item: vscode.StatusBarItem;

  constructor() {
    this.item = vscode.window.createStatusBarItem("reportlint.status", vscode.StatusBarAlignment.Right, 100);
    this.item.name = "reportlint";
  }

  /** Shows what holds for the active draft; undefined: nothing that reportlint looks at. */
  show(document: vscode.TextDocument | undefined, phase: Phase): void {
    if (!document) {
      this.item.hide();
      return;
    }
    this.item.backgroundColor = undefined;
    switch (phase) {
      case "running": {
        const counts = count(vscode.languages.getDiagnostics(document.uri));
        this.set(
          label(counts),
          vscode.l10n.t(
            "reportlint: {0} errors, {1} warnings, {2} notes in this draft. Click for the list.",
            counts.errors,
            counts.warnings,
            counts.infos,
          ),
          "workbench.actions.view.problems",
        );
        break;
      }
      case "off":
      case "starting":
        this.set("$(sync~spin) reportlint", vscode.l10n.t("reportlint is starting."), "reportlint.showOutput");
        break;
      case "missing":
        this.set("$(warning) reportlint", vscode.l10n.t("reportlint is not installed. Click to look again."), "reportlint.restart");
        this.item.backgroundColor = new vscode.ThemeColor("statusBarItem.warningBackground");
        break;
      case "failed":
        this.set(
          "$(error) reportlint",
          vscode.l10n.t("The language server of reportlint has stopped. Click to restart it."),
          "reportlint.restart",
        );
        this.item.backgroundColor = new vscode.ThemeColor("statusBarItem.errorBackground");
        break;
    }
    this.item.show();
  }

  dispose(): void {
    this.item.dispose();
  }

  private set(text: string, tooltip: string, command: string): void {
    this.item.text = text;
    this.item.tooltip = tooltip;
    this.item.command = command;
  }
}
