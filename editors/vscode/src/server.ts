/** The life of the language server: found, asked, started, stopped, and what to tell where that fails. */
import * as vscode from "vscode";
import {
  LanguageClient,
  RevealOutputChannelOn,
  State,
  Trace,
  type Executable,
  type LanguageClientOptions,
} from "vscode-languageclient/node";
import { LANGUAGES, SCHEMES } from "./activation";
import type { Found, Missing } from "./find";
import { probe } from "./probe";
import { forServer, type Values } from "./settings";
import { locate } from "./workspace";

export type Phase = "off" | "starting" | "running" | "missing" | "failed";

const INSTALL = "pip install reportlint";
const UPGRADE = "pip install --upgrade reportlint";

/** A client whose errors go to the log; what a user needs to know of them, and can do, `Server` says. */
class QuietClient extends LanguageClient {
  constructor(server: Executable, options: LanguageClientOptions) {
    super("reportlint", "reportlint", server, options);
  }

  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

export class Server implements vscode.Disposable {
  phase: Phase = "off";
  private client: LanguageClient | undefined;
  private launching = false;
  /** One after the other: a restart in the middle of a start waits for it. */
  private queue: Promise<void> = Promise.resolve();
  private readonly changed = new vscode.EventEmitter<Phase>();
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly log: vscode.LogOutputChannel,
    private readonly documentation: vscode.Uri,
  ) {}

  /** Starts the server for a draft, unless it runs or has failed; `restart` is what tries again after a failure. */
  start(document: vscode.Uri): Promise<void> {
    return this.then(async () => {
      if (this.phase === "off") await this.launch(document);
    });
  }

  /** Stops the server if it runs, and starts it again. */
  restart(document: vscode.Uri | undefined): Promise<void> {
    return this.then(async () => {
      await this.halt();
      await this.launch(document);
    });
  }

  /** Tells a server that runs what the settings are now. */
  async configure(): Promise<void> {
    if (this.phase !== "running") return;
    await this.client?.sendNotification("workspace/didChangeConfiguration", {
      settings: { reportlint: forServer(settings()) },
    });
  }

  stop(): Promise<void> {
    return this.then(() => this.halt());
  }

  dispose(): void {
    this.changed.dispose();
  }

  private then(step: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(step).catch((error: unknown) => {
      this.log.error(error instanceof Error ? error : String(error));
      this.to("failed");
    });
    return this.queue;
  }

  private to(phase: Phase): void {
    this.phase = phase;
    this.changed.fire(phase);
  }

  private async launch(document: vscode.Uri | undefined): Promise<void> {
    this.to("starting");
    const server = await locate(document);
    if (server.kind === "missing") {
      this.to("missing");
      this.log.warn(`no reportlint; looked at:\n  ${server.tried.join("\n  ")}`);
      void this.explainMissing(server);
      return;
    }
    const answer = await probe(server.command);
    this.log.info(`${server.command} (${server.source}): ${answer.said}`);
    if (!answer.serves) {
      this.to("missing");
      void this.explainUnfit(server, answer.said);
      return;
    }
    const client = this.made(server);
    this.client = client;
    this.launching = true;
    try {
      await client.start();
      await client.setTrace(trace());
      this.to("running");
    } catch (error) {
      this.log.error(error instanceof Error ? error : String(error));
      this.to("failed");
      void this.explainFailed(String(error));
    } finally {
      this.launching = false;
    }
  }

  private made(server: Found): LanguageClient {
    const options: LanguageClientOptions = {
      documentSelector: SCHEMES.flatMap((scheme) => LANGUAGES.map((language) => ({ scheme, language }))),
      diagnosticCollectionName: "reportlint",
      outputChannel: this.log,
      traceOutputChannel: this.log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationOptions: () => ({ settings: forServer(settings()) }),
      middleware: {
        workspace: {
          configuration: async (asked, token, next) => {
            const answers = await next(asked, token);
            if (!Array.isArray(answers)) return answers;
            return answers.map((answer: unknown, index): unknown =>
              asked.items[index]?.section === "reportlint" ? forServer((answer ?? {}) as Values) : answer,
            );
          },
          // `configure` sends them, in the one form that the server takes, whether it has asked for them or not.
          didChangeConfiguration: () => Promise.resolve(),
        },
      },
    };
    const client = new QuietClient({ command: server.command, args: ["server"] }, options);
    client.onDidChangeState(({ newState }) => {
      if (client !== this.client || this.launching) return;
      this.to(newState === State.Running ? "running" : newState === State.Starting ? "starting" : "failed");
    });
    return client;
  }

  private async halt(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    if (client) {
      try {
        await client.dispose();
      } catch (error) {
        this.log.warn(`the server did not stop in time: ${String(error)}`);
      }
    }
    this.to("off");
  }

  private async explainMissing(server: Missing): Promise<void> {
    const copy = vscode.l10n.t("Copy pip command");
    const settingsButton = vscode.l10n.t("Open settings");
    const more = vscode.l10n.t("How to install");
    const text =
      server.reason === "setting"
        ? vscode.l10n.t("The setting “reportlint.path” names a program that is not there: {0}", server.tried.join(", "))
        : vscode.l10n.t(
            "reportlint is not installed: drafts are not checked. Install it with “{0}” into the environment of this folder, then run “reportlint: Restart server”.",
            INSTALL,
          );
    const buttons = server.reason === "setting" ? [settingsButton, more] : [copy, more, settingsButton];
    const choice = await vscode.window.showWarningMessage(text, ...buttons);
    if (choice === copy) await vscode.env.clipboard.writeText(INSTALL);
    if (choice === settingsButton) await openSettings("reportlint.path");
    if (choice === more) await this.openDocumentation();
  }

  private async explainUnfit(server: Found, said: string): Promise<void> {
    const copy = vscode.l10n.t("Copy pip command");
    const output = vscode.l10n.t("Show output");
    const choice = await vscode.window.showWarningMessage(
      vscode.l10n.t(
        "{0} ({1}) has no language server. Update it with “{2}”, then run “reportlint: Restart server”.",
        server.command,
        said,
        UPGRADE,
      ),
      copy,
      output,
    );
    if (choice === copy) await vscode.env.clipboard.writeText(UPGRADE);
    if (choice === output) this.log.show();
  }

  private async explainFailed(error: string): Promise<void> {
    const output = vscode.l10n.t("Show output");
    const again = vscode.l10n.t("Try again");
    const choice = await vscode.window.showErrorMessage(
      vscode.l10n.t("The language server of reportlint could not be started: {0}", error),
      again,
      output,
    );
    if (choice === output) this.log.show();
    if (choice === again) await vscode.commands.executeCommand("reportlint.restart");
  }

  private async openDocumentation(): Promise<void> {
    await vscode.commands.executeCommand("markdown.showPreview", this.documentation);
  }
}

function settings(): Values {
  // A plain copy: the value of a configuration is a proxy that no message can carry.
  return JSON.parse(JSON.stringify(vscode.workspace.getConfiguration().get("reportlint") ?? {})) as Values;
}

function trace(): Trace {
  return Trace.fromString(vscode.workspace.getConfiguration("reportlint").get<string>("trace.server") ?? "off");
}

function openSettings(name: string): Thenable<unknown> {
  return vscode.commands.executeCommand("workbench.action.openSettings", name);
}
