/** Every fixture, held against what the engine says. A new case is a new file, no new function. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { check } from './harness/check.js';
import { readFixtures } from './harness/read-fixture.js';

const root = 'test/fixtures';
const foldersOf = (folder: string) => (existsSync(folder) ? readdirSync(folder).sort() : []);

describe('rule fixtures', () => {
  for (const rule of foldersOf(join(root, 'rules'))) {
    for (const fixture of readFixtures(join(root, 'rules', rule)))
      it(`${rule}: ${fixture.name}`, () => check(fixture, { rule }));
  }
});

describe('item fixtures', () => {
  for (const item of foldersOf(join(root, 'items'))) {
    for (const fixture of readFixtures(join(root, 'items', item)))
      it(`${item}: ${fixture.name}`, () => check(fixture, { findings: 'none' }));
  }
});

describe('library fixtures', () => {
  for (const ecosystem of foldersOf(join(root, 'libraries'))) {
    for (const fixture of readFixtures(join(root, 'libraries', ecosystem)))
      it(`${ecosystem}: ${fixture.name}`, () => check(fixture, { findings: 'none' }));
  }
});

describe('applications', () => {
  for (const fixture of readFixtures(join(root, 'apps'))) it(fixture.name, () => check(fixture));
});
