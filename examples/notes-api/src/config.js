// Central configuration. Everything comes from the environment, with sensible defaults for development.
module.exports = {
  port: process.env.PORT || 4000,
  mongoUrl: process.env.MONGO_URL || 'mongodb://localhost:27017/notes',
  jwt: {
    secret: process.env.JWT_SECRET || 'notes-dev-secret',
    refreshSecret: process.env.JWT_REFRESH_SECRET,
    accessExpiresIn: '15m',
    refreshExpiresIn: '30d',
  },
  cookieName: 'refresh_token',
};
