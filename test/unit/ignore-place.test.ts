import * as assert from 'node:assert/strict';
import { createWorkspace } from '../../server/src/engine/index.js';
import { nodeWorkspaceOptions } from '../../server/src/hosts/node.js';

/** File → text; the comment that is offered for its finding must accept it. */
const CASES: Readonly<Record<string, string>> = {
  'one-line.js': `const jwt = require('jsonwebtoken');
const token = jwt.sign({ sub: user.id }, process.env.KEY);
`,
  'several-lines.js': `const jwt = require('jsonwebtoken');
function issue(user) {
  return respond(
    user.name,
    jwt.sign(
      { sub: user.id },
      process.env.KEY,
    ),
  );
}
`,
  'in-record.ts': `import jwt from 'jsonwebtoken';
export const tokens = {
  access: (user: User) => jwt.sign({ sub: user.id }, process.env.KEY!),
};
`,
  'windows.js':
    "const jwt = require('jsonwebtoken');\r\nexports.issue = () =>\r\n  jwt.sign({ a: 1 }, process.env.KEY);\r\n",
  'method.py': `import jwt

class Tokens:
    def issue(self, user):
        return jwt.encode(
            {"sub": user.id},
            self.key,
            algorithm="HS256",
        )
`,
  'decorated.py': `import jwt

@app.post("/login")
def login():
    if valid():
        return {"token": jwt.encode({"sub": 1}, KEY, algorithm="HS256")}
`,
};

describe('the place of an ignore-comment', () => {
  for (const [path, text] of Object.entries(CASES)) {
    it(`covers the finding in ${path}`, async () => {
      const workspace = await createWorkspace({ ...nodeWorkspaceOptions(() => {}), today: '2026-01-01' });
      await workspace.apply([{ kind: 'write', path, text }]);
      const before = workspace.snapshot();
      const finding = before.report(path)!.findings.find(({ rule }) => rule === 'token-without-expiry')!;
      const place = before.ignorePlace(path, finding.span, finding.rule)!;
      const lines = text.split('\n');
      assert.equal(place.at.character, 0);
      const comment = `${place.before}a reason${place.after}`;
      const after = [...lines.slice(0, place.at.line), comment + lines.slice(place.at.line).join('\n')].join('\n');
      await workspace.apply([{ kind: 'write', path, text: after }]);
      const [accepted] = workspace
        .snapshot()
        .report(path)!
        .findings.filter(({ rule }) => rule === finding.rule);
      assert.deepEqual(accepted?.accepted, { by: 'comment', reason: 'a reason' }, after);
      workspace.dispose();
    });
  }
});
