// The packaged extension, installed as a user has it, driven with the mouse and the keyboard.
import assert from 'node:assert/strict';
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
    const hover = page.locator('.monaco-hover:visible', { hasText: 'Why it is bad' });
    await hover.waitFor();
    await page.waitForTimeout(1000);
    await shot('2-hover');
    await page.mouse.move(800, 600);
  });

  it('lists the checklist in its own view and jumps to the places', async () => {
    await page.getByRole('tab', { name: 'AuthLens' }).click();
    await rows().first().waitFor();
    assert.ok((await rows().allInnerTexts()).length > 0);
    await shot('3-checklist');
  });

  it('shows the state of the file in the status bar', async () => {
    await page.getByRole('button', { name: /AuthLens: \d+ to fix/ }).waitFor();
  });
});
