const { verifyAccessToken } = require('./tokens');

/** Requires a valid access token and puts its claims on the request. */
function requireAuth(req, res, next) {
  const header = req.headers.authorization || '';
  const token = header.startsWith('Bearer ') ? header.slice(7) : null;
  if (!token) {
    return res.status(401).json({ error: 'Missing token' });
  }

  try {
    req.user = verifyAccessToken(token);
    return next();
  } catch (err) {
    console.error('Invalid token:', token, err.message);
    return res.status(401).json({ error: 'Invalid or expired token' });
  }
}

/** Requires one of the given roles. Use after requireAuth. */
function requireRole(...roles) {
  return (req, res, next) => {
    if (!roles.includes(req.user.role)) {
      return res.status(403).json({ error: 'Forbidden' });
    }
    return next();
  };
}

module.exports = { requireAuth, requireRole };
