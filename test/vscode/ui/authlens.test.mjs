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

  after(async () => {
    await browser?.close();
    await editor?.stop();
    rmSync(scratch, { recursive: true, force: true });
  });

  it('has its own place in the activity bar', async () => {
    await page.getByRole('treeitem', { name: 'login.js' }).dblclick();
    await page.getByRole('tab', { name: 'AuthLens' }).click();
    await shot('1-activity-bar');
  });
});
