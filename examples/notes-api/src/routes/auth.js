const express = require('express');
const bcrypt = require('bcryptjs');
const config = require('../config');
const { User, RefreshToken } = require('../models');
const { signAccessToken, issueRefreshToken, verifyRefreshToken } = require('../auth/tokens');
const { requireAuth } = require('../auth/middleware');

const router = express.Router();

router.post('/register', async (req, res) => {
  const { email, password } = req.body;
  const passwordHash = await bcrypt.hash(password, 12);
  const user = await User.create({ email, passwordHash });
  res.status(201).json({ id: user.id, email: user.email });
});

router.post('/login', async (req, res) => {
  const { email, password } = req.body;
  const user = await User.findOne({ email });
  if (!user || !(await bcrypt.compare(password, user.passwordHash))) {
    return res.status(401).json({ error: 'Invalid credentials' });
  }

  const accessToken = signAccessToken(user);
  const refreshToken = await issueRefreshToken(user);
  res.cookie(config.cookieName, refreshToken, { httpOnly: true, maxAge: 30 * 24 * 60 * 60 * 1000 });
  return res.json({ accessToken });
});

router.post('/refresh', async (req, res) => {
  const token = req.cookies[config.cookieName];
  if (!token) return res.status(401).json({ error: 'Missing refresh token' });

  try {
    const payload = verifyRefreshToken(token);
    const stored = await RefreshToken.findOne({ token, userId: payload.sub });
    if (!stored) return res.status(401).json({ error: 'Unknown refresh token' });

    const user = await User.findById(payload.sub);
    return res.json({ accessToken: signAccessToken(user) });
  } catch (err) {
    return res.status(401).json({ error: 'Invalid refresh token' });
  }
});

router.post('/logout', requireAuth, async (req, res) => {
  res.clearCookie(config.cookieName);
  res.status(204).end();
});

module.exports = router;
