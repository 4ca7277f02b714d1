const jwt = require('jsonwebtoken');

const accepted = { algorithms: ['HS256'], issuer: 'https://notes.example', audience: 'notes' };

function issue(user) {
  return jwt.sign({ sub: user.id }, process.env.JWT_SECRET, {
    expiresIn: '15m',
    issuer: 'https://notes.example',
    audience: 'notes',
  });
}

function verify(token) {
  return jwt.verify(token, process.env.JWT_SECRET, accepted);
}

module.exports = { issue, verify };
