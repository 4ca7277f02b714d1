const express = require('express');
const cors = require('cors');
const cookieParser = require('cookie-parser');
const mongoose = require('mongoose');
const config = require('./config');

const app = express();
app.use(cors({ origin: true, credentials: true }));
app.use(express.json());
app.use(cookieParser());

app.use('/auth', require('./routes/auth'));
app.use('/notes', require('./routes/notes'));

mongoose.connect(config.mongoUrl).then(() => {
  app.listen(config.port, () => console.log(`Notes API on port ${config.port}`));
});
