const jwt = require('jsonwebtoken');
const config = require('../config');
const { RefreshToken } = require('../models');

const THIRTY_DAYS = 30 * 24 * 60 * 60 * 1000;

/** Short-lived token that the client sends with every request. */
function signAccessToken(user) {
  return jwt.sign({ sub: user.id, email: user.email, role: user.role }, config.jwt.secret, {
    expiresIn: config.jwt.accessExpiresIn,
  });
}

/** Long-lived token that is only good for getting a new access token. */
async function issueRefreshToken(user) {
  const token = jwt.sign({ sub: user.id, type: 'refresh' }, config.jwt.refreshSecret, {
    expiresIn: config.jwt.refreshExpiresIn,
  });
  await RefreshToken.create({ token, userId: user.id, expiresAt: new Date(Date.now() + THIRTY_DAYS) });
  return token;
}

/** One-time token for the link in the "forgot password" mail. */
function signResetToken(user) {
  return jwt.sign({ sub: user.id, purpose: 'reset' }, config.jwt.secret);
}

function verifyAccessToken(token) {
  return jwt.verify(token, config.jwt.secret);
}

function verifyRefreshToken(token) {
  return jwt.verify(token, config.jwt.refreshSecret, { algorithms: ['HS256'] });
}

module.exports = { signAccessToken, issueRefreshToken, signResetToken, verifyAccessToken, verifyRefreshToken };
