const jwt = require('jsonwebtoken');

function signIn(user) {
  return jwt.sign({ sub: user.id }, process.env.JWT_SECRET);
}

function whoIs(token) {
  return jwt.verify(token, process.env.JWT_SECRET);
}

module.exports = { signIn, whoIs };
