/** Where edits go: into calls and records as they are written, with commas, lines, quotes and imports as they are there. */
import assert from 'node:assert/strict';
import type { Fix } from '../server/src/engine/index.js';
import { snapshotOf } from './harness/memory-workspace.js';

interface Case {
  readonly name: string;
  readonly path: string;
  readonly rule: string;
  readonly before: string;
  readonly after: string;
}

const JWT = `import jwt from 'jsonwebtoken';\n`;
const PY = 'import os\nimport jwt\n\nKEY = os.environ["KEY"]\n\n';

const CASES: readonly Case[] = [
  {
    name: 'makes an options object',
    path: 'a.ts',
    rule: 'jwt-algorithms-not-listed',
    before: `${JWT}export const read = (t: string) => jwt.verify(t, process.env.JWT_SECRET!);\n`,
    after: `${JWT}export const read = (t: string) => jwt.verify(t, process.env.JWT_SECRET!, { algorithms: ['HS256'] });\n`,
  },
  {
    name: 'adds to an object of several lines, after its trailing comma',
    path: 'a.ts',
    rule: 'jwt-algorithms-not-listed',
    before: `${JWT}export const read = (t: string) =>\n  jwt.verify(t, process.env.JWT_SECRET!, {\n    issuer: 'a',\n    audience: 'b', // ours\n  });\n`,
    after: `${JWT}export const read = (t: string) =>\n  jwt.verify(t, process.env.JWT_SECRET!, {\n    issuer: 'a',\n    audience: 'b',\n    algorithms: ['HS256'], // ours\n  });\n`,
  },
  {
    name: 'puts options before a callback',
    path: 'a.js',
    rule: 'jwt-algorithms-not-listed',
    before: `const jwt = require("jsonwebtoken");\nexports.read = (t, done) => jwt.verify(t, process.env.JWT_SECRET, done);\nexports.other = (t) => jwt.verify(t, process.env.JWT_SECRET, (error, claims) => error ?? claims);\n`,
    after: `const jwt = require("jsonwebtoken");\nexports.read = (t, done) => jwt.verify(t, process.env.JWT_SECRET, done);\nexports.other = (t) => jwt.verify(t, process.env.JWT_SECRET, { algorithms: ["HS256"] }, (error, claims) => error ?? claims);\n`,
  },
  {
    name: 'writes into options that are defined elsewhere',
    path: 'a.ts',
    rule: 'token-without-expiry',
    before: `${JWT}const options = { audience: 'b' };\nexport const issue = (id: string) => jwt.sign({ sub: id }, process.env.JWT_SECRET!, options);\n`,
    after: `${JWT}const options = { audience: 'b', expiresIn: '15m' };\nexport const issue = (id: string) => jwt.sign({ sub: id }, process.env.JWT_SECRET!, options);\n`,
  },
  {
    name: 'writes after what is spread into options',
    path: 'a.ts',
    rule: 'token-without-expiry',
    before: `${JWT}const base = { audience: 'b' };\nexport const issue = (id: string) => jwt.sign({ sub: id }, process.env.JWT_SECRET!, { ...base });\n`,
    after: `${JWT}const base = { audience: 'b' };\nexport const issue = (id: string) => jwt.sign({ sub: id }, process.env.JWT_SECRET!, { ...base, expiresIn: '15m' });\n`,
  },
  {
    name: 'adds keyword arguments, line by line where they stand so',
    path: 'a.py',
    rule: 'issuer-audience-not-validated',
    before: `${PY}def read(token):\n    return jwt.decode(\n        token,\n        KEY,\n        algorithms=["HS256"],\n    )\n`,
    after: `${PY}def read(token):\n    return jwt.decode(\n        token,\n        KEY,\n        algorithms=["HS256"],\n        issuer="https://issuer.example",\n        audience="my-api",\n    )\n`,
  },
  {
    name: 'imports what it writes, in one line',
    path: 'a.py',
    rule: 'token-without-expiry',
    before: `${PY}def issue(user):\n    return jwt.encode({"sub": user.id}, KEY, algorithm="HS256")\n`,
    after: `import os\nimport jwt\nfrom datetime import datetime, timedelta, timezone\n\nKEY = os.environ["KEY"]\n\ndef issue(user):\n    return jwt.encode({"sub": user.id, "exp": datetime.now(timezone.utc) + timedelta(minutes=15)}, KEY, algorithm="HS256")\n`,
  },
  {
    name: 'uses an import that is there, and the quotes of the file',
    path: 'a.py',
    rule: 'token-without-expiry',
    before: `import datetime as dt\nimport os\nimport jwt\n\ndef issue(user):\n    return jwt.encode({'sub': user.id}, os.environ['KEY'], algorithm='HS256')\n`,
    after: `import datetime as dt\nimport os\nimport jwt\n\ndef issue(user):\n    return jwt.encode({'sub': user.id, 'exp': dt.datetime.now(dt.timezone.utc) + dt.timedelta(minutes=15)}, os.environ['KEY'], algorithm='HS256')\n`,
  },
  {
    name: 'removes the options that are left empty',
    path: 'a.ts',
    rule: 'expiry-not-checked',
    before: `${JWT}export const read = (t: string) => jwt.verify(t, process.env.JWT_SECRET!, { ignoreExpiration: true });\n`,
    after: `${JWT}export const read = (t: string) => jwt.verify(t, process.env.JWT_SECRET!);\n`,
  },
  {
    name: 'removes an option with its line',
    path: 'a.py',
    rule: 'expiry-not-checked',
    before: `${PY}def read(token):\n    return jwt.decode(\n        token,\n        KEY,\n        algorithms=["HS256"],\n        options={"verify_exp": False},\n        issuer="a",\n        audience="b",\n    )\n`,
    after: `${PY}def read(token):\n    return jwt.decode(\n        token,\n        KEY,\n        algorithms=["HS256"],\n        issuer="a",\n        audience="b",\n    )\n`,
  },
  {
    name: 'keeps the form of a lifetime',
    path: 'a.ts',
    rule: 'access-token-too-long',
    before: `${JWT}const DAY = 24 * 60 * 60;\nexport const issue = (id: string) => jwt.sign({ sub: id }, process.env.JWT_SECRET!, { expiresIn: 7 * 24 * 60 * 60 });\nexport const unit = DAY;\n`,
    after: `${JWT}const DAY = 24 * 60 * 60;\nexport const issue = (id: string) => jwt.sign({ sub: id }, process.env.JWT_SECRET!, { expiresIn: 15 * 60 });\nexport const unit = DAY;\n`,
  },
  {
    name: 'writes into the script of a component, where it stands',
    path: 'a.vue',
    rule: 'secret-from-guessable-random',
    before: `<template><p>it's</p></template>\n<script setup lang="ts">\nconst resetToken = Math.random().toString(36);\ndefineExpose({ resetToken });\n</script>\n`,
    after: `<template><p>it's</p></template>\n<script setup lang="ts">\nconst resetToken = Array.from(crypto.getRandomValues(new Uint8Array(32)), (byte) => byte.toString(16).padStart(2, '0')).join('');\ndefineExpose({ resetToken });\n</script>\n`,
  },
  {
    name: 'stops where a Go variable is missing, with a function for it',
    path: 'main.go',
    rule: 'secret-with-literal-fallback',
    before: `package main\n\nimport (\n\t"os"\n)\n\nvar jwtSecret = []byte(getEnv("JWT_SECRET", "my-super-secret-key"))\n\nfunc getEnv(key, fallback string) string {\n\tif value := os.Getenv(key); value != "" {\n\t\treturn value\n\t}\n\treturn fallback\n}\n`,
    after: `package main\n\nimport (\n\t"os"\n)\n\nvar jwtSecret = []byte(requiredVariable("JWT_SECRET"))\n\nfunc getEnv(key, fallback string) string {\n\tif value := os.Getenv(key); value != "" {\n\t\treturn value\n\t}\n\treturn fallback\n}\n\nfunc requiredVariable(name string) string {\n\tvalue := os.Getenv(name)\n\tif value == "" {\n\t\tpanic(name + " is not set")\n\t}\n\treturn value\n}\n`,
  },
  {
    name: 'adds functional options in Go',
    path: 'main.go',
    rule: 'issuer-audience-not-validated',
    before: `package main\n\nimport "github.com/golang-jwt/jwt/v5"\n\nfunc read(text string, key []byte) (*jwt.Token, error) {\n\treturn jwt.Parse(text, func(t *jwt.Token) (any, error) { return key, nil }, jwt.WithValidMethods([]string{"HS256"}))\n}\n`,
    after: `package main\n\nimport "github.com/golang-jwt/jwt/v5"\n\nfunc read(text string, key []byte) (*jwt.Token, error) {\n\treturn jwt.Parse(text, func(t *jwt.Token) (any, error) { return key, nil }, jwt.WithValidMethods([]string{"HS256"}), jwt.WithIssuer("https://issuer.example"), jwt.WithAudience("my-api"))\n}\n`,
  },
  {
    name: 'writes a map of claims in Go, with the import that it needs',
    path: 'main.go',
    rule: 'token-without-expiry',
    before: `package main\n\nimport (\n\t"os"\n\n\t"github.com/golang-jwt/jwt/v5"\n)\n\nfunc issue(id string) (string, error) {\n\treturn jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{"sub": id}).SignedString([]byte(os.Getenv("KEY")))\n}\n`,
    after: `package main\n\nimport (\n\t"os"\n\t"time"\n\n\t"github.com/golang-jwt/jwt/v5"\n)\n\nfunc issue(id string) (string, error) {\n\treturn jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{"sub": id, "exp": time.Now().Add(15 * time.Minute).Unix()}).SignedString([]byte(os.Getenv("KEY")))\n}\n`,
  },
  {
    name: 'keeps the form of a Go duration',
    path: 'main.go',
    rule: 'access-token-too-long',
    before: `package main\n\nimport (\n\t"os"\n\t"time"\n\n\t"github.com/golang-jwt/jwt/v5"\n)\n\nfunc issue(id string) (string, error) {\n\tclaims := jwt.RegisteredClaims{Subject: id, ExpiresAt: jwt.NewNumericDate(time.Now().Add(24 * time.Hour))}\n\treturn jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString([]byte(os.Getenv("KEY")))\n}\n`,
    after: `package main\n\nimport (\n\t"os"\n\t"time"\n\n\t"github.com/golang-jwt/jwt/v5"\n)\n\nfunc issue(id string) (string, error) {\n\tclaims := jwt.RegisteredClaims{Subject: id, ExpiresAt: jwt.NewNumericDate(time.Now().Add(15 * time.Minute))}\n\treturn jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString([]byte(os.Getenv("KEY")))\n}\n`,
  },
  {
    name: 'rejects what is deactivated where it rejects what is missing',
    path: 'a.py',
    rule: 'inactive-account-accepted',
    before: `${PY}def login(user):\n    if not user.is_active:\n        raise ValueError\n\ndef current_user(token, db):\n    claims = jwt.decode(token, KEY, algorithms=["HS256"])\n    user = db.get(User, claims["sub"])\n    if user is None:\n        raise ValueError\n    return user\n`,
    after: `${PY}def login(user):\n    if not user.is_active:\n        raise ValueError\n\ndef current_user(token, db):\n    claims = jwt.decode(token, KEY, algorithms=["HS256"])\n    user = db.get(User, claims["sub"])\n    if user is None or not user.is_active:\n        raise ValueError\n    return user\n`,
  },
  {
    name: 'empties a setting, and refers to the environment where the format can',
    path: 'docker-compose.yml',
    rule: 'secret-in-configuration',
    before: `services:\n  api:\n    environment:\n      JWT_SECRET: 7d1f0c6b92e84a35b0f7c3d9e21a6f58\n`,
    after: `services:\n  api:\n    environment:\n      JWT_SECRET: \${JWT_SECRET}\n`,
  },
];

describe('the edits of fixes', () => {
  for (const { name, path, rule, before, after } of CASES) {
    it(name, async () => {
      const snapshot = await snapshotOf({ [path]: before });
      const finding = snapshot.report(path)?.findings.find((f) => f.rule === rule);
      assert.ok(finding, `no ${rule}`);
      const fix = snapshot.fixes(path, finding.span).find((one) => one.rule === rule);
      assert.ok(fix, 'no fix');
      assert.equal(applied(before, fix), after);
    });
  }

  it('joins what several safe fixes write into one object', async () => {
    const before = `const express = require('express');\nconst jwt = require('jsonwebtoken');\nconst app = express();\napp.get('/', (req, res) => {\n  res.cookie('token', jwt.sign({ sub: '1' }, process.env.JWT_SECRET, { expiresIn: '15m' }), {});\n});\n`;
    const snapshot = await snapshotOf({ 'a.js': before });
    const fix = snapshot.fixAll('a.js');
    assert.ok(fix);
    assert.match(applied(before, fix), /\{ httpOnly: true, sameSite: 'lax' \}\);/);
  });
});

function applied(text: string, fix: Fix): string {
  return fix.edits.reduceRight(
    (now, { span, text: code }) => now.slice(0, span.start) + code + now.slice(span.end),
    text,
  );
}
