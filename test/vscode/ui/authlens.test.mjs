// The packaged extension, installed as a user has it, driven with the mouse and the keyboard.
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openBrowser } from '../harness/browser.mjs';
import { startEditor } from '../harness/editor.mjs';

const root = path.resolve(import.meta.dirname, '../../..');
const shots = path.join(root, 'test-results');
const vsix = path.join(root, 'authlens.vsix');

describe('AuthLens, in the workbench', () => {
  let editor, browser, page, scratch;
  const shot = (name) => page.screenshot({ path: path.join(shots, `ui-${name}.png`) });
  const line = (number) => page.locator('.monaco-editor .view-line').nth(number - 1);
  const rows = () => page.getByRole('tree', { name: /Review/ }).getByRole('treeitem');

  before(async () => {
    if (!existsSync(vsix)) throw new Error('run `npm run package` first');
    mkdirSync(shots, { recursive: true });
    scratch = mkdtempSync(path.join(tmpdir(), 'ui-'));
    cpSync(path.join(root, 'test/vscode/workspace'), scratch, { recursive: true });
    editor = await startEditor({ automation: false, vsix: [vsix], settings: { 'chat.disableAIFeatures': true } });
    ({ browser, page } = await openBrowser());
    page.setDefaultTimeout(30_000);
    await page.goto(editor.url(scratch));
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await shot(`failed-${this.currentTest.title.replace(/\W+/g, '-')}`);
  });

  after(async () => {
    await browser?.close();
    await editor?.stop();
    rmSync(scratch, { recursive: true, force: true });
  });

  it('squiggles after opening a file', async () => {
    await page.getByRole('treeitem', { name: 'login.js' }).dblclick();
    await page.locator('.squiggly-error').first().waitFor();
    await shot('1-squiggle');
  });

  it('explains on hover', async () => {
    await line(4).getByText('sign', { exact: true }).hover();
    const hover = page.locator('.monaco-hover:visible', { hasText: 'Fix:' });
    await hover.waitFor();
    await shot('2-hover');
    await page.mouse.move(800, 600);
  });

  it('lists the checklist in its own view and jumps to the places', async () => {
    await page.getByRole('tab', { name: 'AuthLens' }).click();
    await rows().first().waitFor();
    await rows().filter({ hasText: 'Do access tokens have short expiry' }).first().waitFor();
    await shot('3-checklist');
    await rows().filter({ hasText: 'login.js:4' }).first().click();
    await page
      .locator('[id="status.editor.selection"]')
      .getByText(/^Ln 4, /)
      .waitFor();
  });

  it('opens the rule from the finding', async () => {
    await line(4).getByText('sign', { exact: true }).hover();
    await page.locator('.monaco-hover:visible').getByText('token-without-expiry').click();
    await page.getByRole('tab', { name: /token-without-expiry/ }).waitFor();
    const preview = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
    await preview.getByRole('heading', { name: 'Why it matters' }).waitFor();
    await shot('4-rule-page');
    await page.getByRole('tab', { name: 'login.js' }).click();
  });

  it('ignores with a reason through the lightbulb', async () => {
    await line(4).getByText('sign', { exact: true }).click();
    await page.keyboard.press('Control+.');
    const action = page.locator('.action-widget').getByText(/^Ignore `?token-without-expiry`? here/);
    await action.waitFor();
    await shot('5-actions');
    await action.click();
    await line(4).getByText('authlens-ignore').waitFor();
    await page.keyboard.type('one-time demo, revoked at midnight');
    await page.locator('.squiggly-error').waitFor({ state: 'detached' });
    await shot('6-ignored');
  });

  it('shows the state of the file in the status bar', async () => {
    await page.getByRole('button', { name: /^AuthLens: \d+ to fix, \d+\/\d+ reviewed/ }).waitFor();
  });
});
