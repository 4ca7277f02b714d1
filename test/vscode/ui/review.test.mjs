// A person works through the panel until a file is reviewed, and finds everything again. The packaged extension, as installed.
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openBrowser } from '../harness/browser.mjs';
import { startEditor } from '../harness/editor.mjs';

const root = path.resolve(import.meta.dirname, '../../..');
const shots = path.join(root, 'test-results');
const vsix = path.join(root, 'authlens.vsix');

const THEMES = [
  ['light', 'Light Modern', 'vs'],
  ['dark', 'Dark Modern', 'vs-dark'],
  ['high-contrast', 'Default High Contrast', 'hc-black'],
];

describe('The review panel, in the workbench', () => {
  let editor, browser, page, scratch;
  const shot = (name) => page.screenshot({ path: path.join(shots, `review-${name}.png`) });
  const line = (number) => page.locator('.monaco-editor .view-line').nth(number - 1);
  const rows = () => page.getByRole('tree', { name: /Review/ }).getByRole('treeitem');
  const row = (text) => rows().filter({ hasText: text }).first();
  const status = (words) => page.getByRole('button', { name: words });
  const marks = () => readFileSync(path.join(scratch, '.authlens/reviews/tokens.js.jsonl'), 'utf8').trim().split('\n');
  const choose = async (name) => {
    const option = page.locator('.quick-input-widget').getByRole('option', { name }).first();
    await option.waitFor();
    await option.click();
  };
  const command = async (name) => {
    await page.keyboard.press('F1');
    await page.locator('.quick-input-widget input').first().waitFor();
    await page.keyboard.type(name);
    await choose(name);
  };
  const open = async () => {
    await page.goto(editor.url(scratch));
    await page.getByRole('tab', { name: 'AuthLens' }).click();
    await rows().first().waitFor();
  };

  before(async () => {
    if (!existsSync(vsix)) throw new Error('run `npm run package` first');
    mkdirSync(shots, { recursive: true });
    scratch = mkdtempSync(path.join(tmpdir(), 'review-'));
    cpSync(path.join(root, 'test/vscode/workspace'), scratch, { recursive: true });
    editor = await startEditor({ automation: false, vsix: [vsix], settings: { 'chat.disableAIFeatures': true } });
    ({ browser, page } = await openBrowser());
    page.setDefaultTimeout(30_000);
    await page.goto(editor.url(scratch));
    await page.getByRole('treeitem', { name: 'tokens.js' }).dblclick();
    await page.getByRole('tab', { name: 'AuthLens' }).click();
    await rows().first().waitFor();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await shot(`failed-${this.currentTest.title.replace(/\W+/g, '-')}`);
  });

  after(async () => {
    await browser?.close();
    await editor?.stop();
    rmSync(scratch, { recursive: true, force: true });
  });

  it('shows the file, its items in order, and what was looked for in vain', async () => {
    await row('Are JWTs validated').waitFor();
    await row('Not relevant').waitFor();
    const texts = await rows().allInnerTexts();
    const numbers = texts.map((text) => Number(/^\s*(\d+)\. /.exec(text)?.[1])).filter((number) => number > 0);
    assert.deepEqual(
      numbers,
      numbers.toSorted((a, b) => a - b),
    );
    await status(/^AuthLens: 0\/\d+ reviewed/).waitFor();
    await shot('1-current-file');
  });

  it('ticks what passes with one click', async () => {
    await row('Are JWTs validated').getByRole('checkbox').click();
    await status(/^AuthLens: 1\/\d+ reviewed/).waitFor();
    assert.equal(marks().length, 1);
    assert.match(marks()[0], /"item":"jwt-algorithms","verdict":"pass"/);
  });

  it('ticks by keyboard, and asks a question for its answer', async () => {
    await row('Keys and secrets').getByText('14. Keys and secrets').click();
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: 'Tick as Reviewed' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const box = page.locator('.quick-input-widget input');
    await box.waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('A question needs an answer.').waitFor();
    await shot('2-question');
    await page.keyboard.type('the service refuses to start, see config.js');
    await page.keyboard.press('Enter');
    await row('the service refuses to start').waitFor();
    await status(/^AuthLens: 2\/\d+ reviewed/).waitFor();
  });

  it('marks the rest of the file, after showing it', async () => {
    await row('tokens.js').hover();
    await row('tokens.js').getByRole('button', { name: 'Mark File Reviewed' }).click();
    await page.locator('.quick-input-widget').getByText('Mark tokens.js as reviewed').waitFor();
    await page.waitForTimeout(300); // the widget fades in
    await shot('3-mark-file');
    await page.keyboard.press('Enter');
    await row('tokens.js')
      .getByText(/(\d+)\/\1 · reviewed/)
      .waitFor();
    await shot('4-reviewed');
  });

  it('sees a tick go stale when what it rests on is edited, and shows the difference', async () => {
    await line(7).click();
    await page.keyboard.press('End');
    for (let i = 0; i < "m',".length; i++) await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Backspace');
    await page.keyboard.type('4');
    await row('Token expiry').getByText('changed since reviewed').waitFor();
    await shot('5-stale');
    await row('Token expiry').hover();
    await row('Token expiry').getByRole('button', { name: 'Show What Has Changed' }).click();
    await page.locator('.monaco-diff-editor').waitFor();
    await page.locator('.monaco-diff-editor .view-line', { hasText: "expiresIn: '14m'" }).waitFor();
    await shot('6-difference');
    await page
      .getByRole('tab', { name: /tokens.js$|tokens.js, / })
      .first()
      .click();
    await line(7).click();
    for (let i = 0; i < 2; i++) await page.keyboard.press('Control+z');
    await row('tokens.js')
      .getByText(/(\d+)\/\1 · reviewed/)
      .waitFor();
  });

  it('keeps ticks through edits elsewhere, without losing selection or what is unfolded', async () => {
    await row('Are JWTs validated').getByText('3. JWT algorithms').click();
    await page.keyboard.press('ArrowRight');
    await row('Only HS256').waitFor();
    await line(1).click();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.type('// a comment');
    await row('Only HS256').getByText('tokens.js:15').waitFor();
    await row('tokens.js')
      .getByText(/(\d+)\/\1 · reviewed/)
      .waitFor();
    assert.ok(
      await rows()
        .filter({ hasText: 'Are JWTs validated' })
        .first()
        .evaluate((it) => it.closest('.monaco-list-row').classList.contains('selected')),
    );
    await page.keyboard.press('Control+s');
  });

  it('groups by item over the workspace, with the worst verdict', async () => {
    await command('AuthLens: Set Scope');
    await choose(/^Workspace/);
    await row('login.js').waitFor();
    await page.getByRole('button', { name: 'Group by Checklist Item' }).first().click();
    await row('Are JWTs validated').getByText('1/2 · to fix').waitFor();
    await row('Are JWTs validated').getByText('3. JWT algorithms').click();
    await page.keyboard.press('ArrowRight');
    await row('login.js').waitFor();
    await shot('7-by-item');
  });

  it('finds everything as it was after a reload', async () => {
    await page.waitForTimeout(1500); // the workbench writes its own state to disk from time to time
    await open();
    await row('Are JWTs validated').getByText('1/2 · to fix').waitFor();
    await row('login.js').waitFor();
    await page.getByRole('button', { name: 'Group by File' }).first().click();
    await row('tokens.js')
      .getByText(/(\d+)\/\1 · reviewed/)
      .waitFor();
    await shot('8-reloaded');
  });

  it('filters what waits for somebody', async () => {
    await command('AuthLens: Filter Review');
    await choose(/^waiting/);
    await row('tokens.js').waitFor({ state: 'detached' });
    await row('login.js').waitFor();
    await shot('9-filtered');
    await command('AuthLens: Filter Review');
    await choose(/^everything/);
    await row('tokens.js').waitFor();
  });

  it('says above a function what is open in it, and leads to it', async () => {
    await page.getByRole('tab', { name: 'Explorer' }).click();
    await page.getByRole('treeitem', { name: 'login.js' }).dblclick();
    const lens = page
      .locator('.codelens-decoration')
      .getByText(/to fix/)
      .first();
    await lens.waitFor();
    await shot('a-lens');
    await lens.click();
    await row('Do access tokens').waitFor();
    await shot('b-led');
  });

  it('is told apart in light, in dark and in high contrast', async () => {
    for (const [name, theme, mark] of THEMES) {
      editor.set({ 'workbench.colorTheme': theme });
      await page.reload();
      await page.locator(`.monaco-workbench.${mark}`).waitFor();
      await rows().first().waitFor();
      await page.getByRole('tab', { name: 'Explorer' }).click();
      await page.getByRole('treeitem', { name: 'login.js' }).dblclick();
      await page.getByRole('tab', { name: 'AuthLens' }).click();
      await page.locator('.squiggly-error').first().waitFor();
      await shot(`c-${name}`);
    }
  });

  it('says to a screen reader what an item is and what became of it', async () => {
    const spoken = await page.getByRole('tree', { name: /Review/ }).ariaSnapshot();
    assert.match(spoken, /to fix/);
    assert.match(spoken, /in order, reviewed|reviewed/);
  });
});
