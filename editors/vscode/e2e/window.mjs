// A window of VS Code, as far as a writer touches it.
import { basename } from "node:path";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";

const QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];
const PATIENCE = 60_000;

export class Window {
  static async open(url, pictures) {
    const browser = await chromium.launch({ executablePath: process.env.REPORTLINT_E2E_BROWSER, args: QUIET });
    const context = await browser.newContext({ viewport: { width: 1180, height: 760 }, locale: "zh-CN" });
    context.setDefaultTimeout(PATIENCE);
    return new Window(browser, await context.newPage(), url, pictures);
  }

  constructor(browser, page, url, pictures) {
    Object.assign(this, { browser, page, url, pictures });
  }

  close() {
    return this.browser.close();
  }

  pause(milliseconds) {
    return this.page.waitForTimeout(milliseconds);
  }

  /** Waits until a condition holds; what it waits for in words is what the error says. */
  async until(what, holds) {
    const end = Date.now() + PATIENCE;
    while (!(await holds())) {
      if (Date.now() > end) throw new Error(`waited in vain for ${what}; the status item says ${await this.status()}`);
      await this.pause(200);
    }
  }

  async folder(path) {
    await this.page.goto(`${this.url}?folder=${encodeURIComponent(path)}`);
    await this.page.locator(".monaco-workbench .part.statusbar").waitFor();
    await this.page.locator(".explorer-folders-view .monaco-list-row").first().waitFor();
  }

  async file(name) {
    await this.press("Control+p");
    await this.page.locator(".quick-input-widget input").fill(name);
    await this.page.locator(".quick-input-list .monaco-list-row", { hasText: name }).first().click();
    await this.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
    await this.page.locator(".editor-instance .view-line").first().waitFor();
  }

  async command(name) {
    await this.press("F1");
    await this.page.locator(".quick-input-widget input").fill(`>${name}`);
    await this.page.locator(".quick-input-list .monaco-list-row", { hasText: name }).first().waitFor();
    await this.press("Enter");
    await this.page.locator(".quick-input-widget").waitFor({ state: "hidden" });
  }

  press(keys) {
    return this.page.keyboard.press(keys);
  }

  type(text) {
    return this.page.keyboard.insertText(text);
  }

  escape() {
    return this.press("Escape");
  }

  save() {
    return this.press("Control+s");
  }

  title() {
    return this.page.title();
  }

  async focusEditor() {
    await this.command("View: Focus Active Editor Group");
  }

  /** Puts the cursor into the first `word` of a file, `inside` characters from its start. */
  async goto(file, word, inside) {
    const lines = readFileSync(file, "utf8").split("\n");
    const row = lines.findIndex((line) => line.includes(word));
    await this.focusEditor();
    await this.press("Control+g");
    await this.page.locator(".quick-input-widget input").fill(`:${row + 1}:1`);
    await this.press("Enter");
    await this.page.locator(".quick-input-widget").waitFor({ state: "hidden" });
    // The column of "Go to Line" is the one on the screen, where a full-width character takes two.
    const before = [...lines[row].slice(0, lines[row].indexOf(word))].length + inside;
    for (let i = 0; i < before; i++) await this.press("ArrowRight");
  }

  squiggles() {
    return this.page.locator(".squiggly-error, .squiggly-warning, .squiggly-info").count();
  }

  get statusItem() {
    return this.page.locator(".statusbar-item[id^='reportlint.reportlint']");
  }

  /** What the status item shows, without its icons; undefined where there is none. */
  async status() {
    const item = this.statusItem;
    if ((await item.count()) === 0 || !(await item.first().isVisible())) return undefined;
    return (await item.first().innerText()).replaceAll(/\s+/g, " ").trim();
  }

  async clickStatus() {
    await this.statusItem.locator("a").first().click();
  }

  async notifications() {
    return this.page.locator(".notifications-toasts .notification-list-item-message").allInnerTexts();
  }

  clearNotifications() {
    return this.command("Notifications: Clear All Notifications");
  }

  /** The texts of the findings in the Problems list, which holds only the rows in sight. */
  async problems() {
    const rows = this.page.locator(".markers-panel .monaco-list-row[aria-level='2']");
    const list = this.page.locator(".markers-panel .monaco-list").first();
    const seen = new Set();
    await list.hover();
    // By wheel: the keys would open what they lead to.
    for (const by of [-5000, 0, 100, 100, 100, 100, -5000, 0]) {
      await this.page.mouse.wheel(0, by);
      await this.pause(250);
      for (const text of await rows.allInnerTexts()) seen.add(text.replaceAll(/\s+/g, " "));
    }
    await this.page.mouse.move(5, 5);
    return [...seen];
  }

  async hover() {
    await this.command("Show or Focus Hover");
  }

  async hoverText() {
    return (await this.page.locator(".monaco-hover:visible").allInnerTexts()).join("\n");
  }

  async quickFixes() {
    await this.press("Control+.");
    await this.page.locator(".action-widget .monaco-list-row").first().waitFor();
  }

  offered() {
    return this.page.locator(".action-widget .monaco-list-row").allInnerTexts();
  }

  async choose(text) {
    await this.page.locator(".action-widget .monaco-list-row.action", { hasText: text }).first().click();
    await this.page.locator(".action-widget").first().waitFor({ state: "hidden" });
  }

  /** The texts of all rows of the outline, with the files folded away to make room for it. */
  async outline() {
    const files = this.page.locator(".sidebar .pane-header").first();
    if ((await files.getAttribute("aria-expanded")) === "true") await files.click();
    return this.page.locator(".outline-pane .monaco-list-row").evaluateAll((rows) =>
      rows
        .sort((a, b) => Number(a.dataset.index) - Number(b.dataset.index))
        .map((row) => row.querySelector(".label-name")?.textContent.trim() ?? ""),
    );
  }

  async picture(name) {
    // The blinking cursor and the shadow of a menu that is just opening would make each run's picture another one.
    await this.pause(600);
    await this.page.screenshot({ path: join(this.pictures, `${basename(name)}.png`), caret: "hide", animations: "disabled" });
  }
}
